using CrashShip;

// Nothing of the errors is opened before the destination and the consent have passed.
if (Options.Parse(args, out string problem) is not { } options)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Options.Usage);
    return ExitCode.Usage;
}

if (!Consent.IsGiven(options))
{
    Console.Error.WriteLine($"No consent: {options.Consent} must hold the line {options.Destination.AbsoluteUri}");
    return ExitCode.NoConsent;
}

try
{
    using var sender = new Sender(options);
    return await new Shipment(options, sender, Console.Error).RunAsync();
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
{
    Console.Error.WriteLine($"Not all was sent: {failure.Message}");
    return ExitCode.TryLater;
}
