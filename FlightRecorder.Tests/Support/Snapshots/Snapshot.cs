using System.Runtime.CompilerServices;

namespace FlightRecorder.Tests.Support;

/// <summary>
/// Compares a text with <c>Class.Method.verified.txt</c> beside the test. What differs is written to <c>*.received.txt</c>;
/// it is accepted by a person who renames it, never by the test.
/// </summary>
public static class Snapshot
{
    /// <summary>Throws when the text differs from the verified one, or when there is none yet.</summary>
    public static void Match(string text, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        string path = Path.Combine(SourceTree.Find(Path.GetDirectoryName(file)!), $"{Path.GetFileNameWithoutExtension(file)}.{test}");
        string verified = path + ".verified.txt";
        string received = path + ".received.txt";
        string expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n").TrimEnd('\n') : "";
        string actual = text.ReplaceLineEndings("\n").TrimEnd('\n');
        if (File.Exists(verified) && expected == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        throw new SnapshotMismatchException(Difference(expected, actual), verified, received);
    }

    private static string Difference(string expected, string actual)
    {
        string[] old = expected.Split('\n');
        string[] now = actual.Split('\n');
        int line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line])
        {
            line++;
        }

        return $"line {line + 1}: expected \"{(line < old.Length ? old[line] : "(end)")}\", was \"{(line < now.Length ? now[line] : "(end)")}\"";
    }
}
