using System.Runtime.CompilerServices;

namespace FlightRecorder.Tests.Support;

/// <summary>
/// Compares text with a <c>*.verified.txt</c> beside the test. On a difference it writes <c>*.received.txt</c> there and
/// fails; accepting is moving that file over the verified one, by hand. The file convention is that of Verify.
/// </summary>
public static class Snapshot
{
    /// <summary>Throws when the text differs from the verified file, or there is none.</summary>
    public static void Verify(string text, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        string name = Path.Combine(Path.GetDirectoryName(RepositoryFolder.Unmap(testFile))!, $"{Path.GetFileNameWithoutExtension(testFile)}.{test}");
        string verified = name + ".verified.txt";
        string received = name + ".received.txt";
        string actual = Normalize(text);
        if (File.Exists(verified) && Normalize(File.ReadAllText(verified)) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        throw new SnapshotMismatchException($"{Path.GetFileName(verified)} differs. Compare with {received}; to accept, move it over {verified}.");
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n").TrimEnd('\n');
}

/// <summary>A text differs from its verified snapshot.</summary>
public sealed class SnapshotMismatchException(string message) : Exception(message);
