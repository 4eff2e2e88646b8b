using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>The secrets beyond ASCII as UTF-16 writes them, in both byte orders; those of ASCII are found without its zero bytes. Pooled with its scrubber.</summary>
internal sealed class Utf16Forms
{
    private readonly LineBuffer _bytes = new(256);
    private readonly List<(int Start, int Length)> _forms = [];

    public void Add(ReadOnlySpan<byte> secret)
    {
        if (System.Text.Ascii.IsValid(secret))
        {
            return;
        }

        // No character has more code units than it has bytes of UTF-8.
        int start = _bytes.Length;
        Span<ushort> units = MemoryMarshal.Cast<byte, ushort>(_bytes.Room(secret.Length * 4)[..(secret.Length * 4)]);
        int count = System.Text.Encoding.UTF8.GetChars(secret, MemoryMarshal.Cast<ushort, char>(units));
        BinaryPrimitives.ReverseEndianness(units[..count], units.Slice(count, count));
        _bytes.Advance(count * 4);
        _forms.Add((start, count * 2));
        _forms.Add((start + (count * 2), count * 2));
    }

    public bool AreIn(ReadOnlySpan<byte> bytes)
    {
        foreach ((int start, int length) in _forms)
        {
            if (bytes.IndexOf(_bytes.Written.Slice(start, length)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Clear()
    {
        _bytes.Wipe();
        _forms.Clear();
    }
}
