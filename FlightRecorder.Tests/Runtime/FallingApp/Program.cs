using System.Net;
using FlightRecorder;
using FlightRecorder.FallingApp;

// FallingApp name=value …: journal=DIRECTORY, ring=BYTES, store=hanging, stopMs=N, crashFile=FILE, survive=yes. Prints its address when it serves.
var arguments = args.Select(arg => arg.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
if (arguments.TryGetValue("crashFile", out string? crashFile))
{
    Flight.Install(new CrashOptions { File = crashFile, ExitOnUncaught = arguments.GetValueOrDefault("survive") is null });
}

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
FlightRecorderBuilder recorder = builder.Services.AddFlightRecorder(o =>
{
    o.Journal.Directory = arguments["journal"];
    o.BlackBox.RingBytes = long.Parse(arguments.GetValueOrDefault("ring", "0"), System.Globalization.CultureInfo.InvariantCulture);
    o.Queue.StopTimeout = TimeSpan.FromMilliseconds(int.Parse(arguments.GetValueOrDefault("stopMs", "5000"), System.Globalization.CultureInfo.InvariantCulture));
});
if (arguments.GetValueOrDefault("store") == "hanging")
{
    recorder.UseStore<HangingStore>();
}

WebApplication app = builder.Build();
app.MapPost("/recorded", [Record] (Login login) => "hello " + login.User);
app.MapGet("/held/{n}", [Record(Keep = KeepWhen.Error)] (int n) => "held " + n);
app.MapPost("/wait/{user}", [Record] (string user, Login login) => Scenarios.WaitAsync(user, login));
app.MapPost("/throw-on-thread", [Record] () => Scenarios.ThrowOnThreadAsync());
app.MapPost("/throw-async-void", [Record] () => Scenarios.ThrowAsyncVoidAsync());
await app.StartAsync();
Console.WriteLine(app.Urls.First());
await app.WaitForShutdownAsync();
Console.WriteLine("stopped");
await app.DisposeAsync();
Console.WriteLine("disposed");
