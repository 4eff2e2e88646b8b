using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Stores;

/// <summary>Lines as the encoder hands them over.</summary>
internal static class Lines
{
    public static EncodedRecording Request(long sequence, string extra = "")
        => Of(sequence, LineBuilder.Request(sequence, extra: extra));

    public static EncodedRecording Of(long sequence, string line, Guid? id = null)
        => new() { Id = id ?? LineBuilder.Id(sequence), Sequence = sequence, Line = LineBuilder.Bytes(line) };

    public static EncodedRecording[] Requests(int first, int count) => [.. Enumerable.Range(first, count).Select(i => Request(i))];

    /// <summary>A member that makes a line at least so long.</summary>
    public static string Padding(int bytes) => $"\"tags\":{{\"pad\":\"{new string('x', bytes)}\"}}";
}
