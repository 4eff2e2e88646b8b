using CrashReader;

if (Options.Parse(args, out string problem) is not { } options)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Options.Usage);
    return 64;
}

return Reading.Run(options, Console.OpenStandardOutput(), Console.Error);
