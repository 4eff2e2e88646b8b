using FlightRecorder.Benchmarks;
using FlightRecorder.Benchmarks.EfCore;
using FlightRecorder.Benchmarks.Fleet;
using FlightRecorder.Benchmarks.Overhead;
using FlightRecorder.Benchmarks.Postgres;
using FlightRecorder.Benchmarks.Torture;

// bench overhead [rounds] [seconds]: orchestrates; serve MODE PORT DIR is the process it measures. So are fleet-writer and ship-once of load and torture.
switch (args)
{
    case ["overhead", ..]:
        return await OverheadBenchmark.RunAsync(args[1..]).ConfigureAwait(false);
    case ["redact"] or ["redaction"]:
        RedactionBenchmark.Run();
        return 0;
    case ["crash", ..]:
        CrashBenchmark.Run(args.ElementAtOrDefault(1));
        return 0;
    case ["ring"]:
        RingBenchmark.Run();
        return 0;
    case ["slots"]:
        await SlotBenchmark.RunAsync().ConfigureAwait(false);
        return 0;
    case ["serve", string mode, string port, string directory]:
        await BenchServer.RunAsync(mode, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), directory).ConfigureAwait(false);
        return 0;
    case ["journal", ..]:
        await JournalBenchmark.RunAsync(args.ElementAtOrDefault(1)).ConfigureAwait(false);
        return 0;
    case ["torture", "journal", ..]:
        return await JournalTorture.RunAsync(args[2..]).ConfigureAwait(false);
    case ["dapper"]:
        await DapperBenchmark.RunAsync().ConfigureAwait(false);
        return 0;
    case ["efcore", ..]:
        await EfCoreBenchmark.RunAsync(args.ElementAtOrDefault(1), args.ElementAtOrDefault(2)).ConfigureAwait(false);
        return 0;
    case ["postgres", "outage", ..]:
        return await OutageBenchmark.RunAsync(args[2..]).ConfigureAwait(false);
    case ["postgres", ..]:
        return await PostgresBenchmark.RunAsync(args.ElementAtOrDefault(1)).ConfigureAwait(false);
    case ["load", ..]:
        return await FleetLoad.RunAsync(args[1..]).ConfigureAwait(false);
    case ["fleet-writer", string home, string perSecond]:
        return await FleetWriter.RunAsync(home, int.Parse(perSecond, System.Globalization.CultureInfo.InvariantCulture)).ConfigureAwait(false);
    case ["torture", "postgres", ..]:
        return await PostgresTorture.RunAsync(args[2..]).ConfigureAwait(false);
    case ["ship-once", string journal]:
        return await ShipOnce.RunAsync(journal).ConfigureAwait(false);
    default:
        Console.Error.WriteLine("usage: bench overhead [rounds] [seconds a round] | bench redact | bench ring | bench slots | bench dapper | bench efcore [case] [rounds] | bench journal [directory] | bench crash [flightlog package] | bench postgres [folder of the Express recorder] | bench postgres outage [rounds] [seconds a round] | torture journal [kills] [seed] | torture postgres [rounds] [seed]");
        return 2;
}
