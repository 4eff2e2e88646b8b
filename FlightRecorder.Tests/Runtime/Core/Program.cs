using FlightRecorder.Tests.Core.Redaction;

namespace FlightRecorder.Tests.Core;

/// <summary>Started as a program, by one of the tests in it, the assembly writes its redaction corpus to a file.</summary>
internal static class Program
{
    public const string Corpus = "redaction-corpus";

    public static int Main(string[] args)
    {
        if (args is not [Corpus, { } file])
        {
            return 2;
        }

        using var output = new StreamWriter(file) { NewLine = "\n" };
        RedactionCorpus.Write(output);
        return 0;
    }
}
