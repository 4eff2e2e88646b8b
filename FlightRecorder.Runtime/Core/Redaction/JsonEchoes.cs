namespace FlightRecorder;

/// <summary>Copies redacted, compact JSON and scrubs its strings, names and numbers one by one.</summary>
internal sealed class JsonEchoes(EchoScrubber scrubber)
{
    private readonly LineBuffer _text = new(256);

    /// <summary>Copies valid, compact JSON.</summary>
    public void Write(ReadOnlySpan<byte> json, LineBuffer output) => Write(json, scrubber.MayEcho(json), output);

    /// <summary>The same for JSON that was looked over before.</summary>
    public void Write(ReadOnlySpan<byte> json, ref TextSigns signs, LineBuffer output) => Write(json, scrubber.MayEcho(json, ref signs), output);

    public void Clear() => _text.Wipe();

    private void Write(ReadOnlySpan<byte> json, bool mayEcho, LineBuffer output)
    {
        if (!mayEcho)
        {
            output.Raw(json);
            return;
        }

        int run = 0;
        var leaves = new JsonLeaves(json);
        while (leaves.MoveNext())
        {
            if (leaves.Raw.Length >= SecretSet.MinScrubbed && scrubber.TryScrub(leaves.Text(_text)))
            {
                output.Raw(json[run..leaves.Start]);
                output.Text(scrubber.Result);
                run = leaves.End;
            }
        }

        output.Raw(json[run..]);
    }
}
