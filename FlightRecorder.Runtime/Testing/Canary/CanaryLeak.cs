namespace FlightRecorder;

/// <summary>A token that was found where it must not be.</summary>
/// <param name="Token">The token, with the member that carried it.</param>
/// <param name="Place">The sink: a recording, a prompt, a file, a log category.</param>
/// <param name="Path">Where in it: a JSON path, or a line.</param>
/// <param name="Encoding">How it stood there: <c>as it is</c>, <c>base64</c>, <c>percent</c> and so on.</param>
public sealed record CanaryLeak(CanaryToken Token, string Place, string Path, string Encoding)
{
    /// <inheritdoc />
    public override string ToString() => $"{Token.Member} is in {Place} at {Path}, {Encoding}";
}
