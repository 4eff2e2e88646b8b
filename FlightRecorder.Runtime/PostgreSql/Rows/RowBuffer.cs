using System.Buffers.Binary;
using System.Text;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// Rows in the binary format of COPY, one behind the other: for each row the number of fields (int16), for each field its length
/// (int32, -1 for null) and its bytes, all big-endian. What was encoded once is sent as often as it takes.
/// </summary>
internal sealed class RowBuffer
{
    // PostgreSQL counts microseconds from 2000-01-01.
    private static readonly DateTimeOffset s_epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private byte[] _bytes = new byte[64 * 1024];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Slice(int start, int length) => _bytes.AsMemory(start, length);

    public void Clear() => Length = 0;

    /// <summary>Takes back what was written since.</summary>
    public void CutTo(int length) => Length = length;

    public void Begin(short fields) => BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), fields);

    public void Null() => Size(-1);

    /// <summary>A field of text or json; nothing for null.</summary>
    public void Utf8(ReadOnlySpan<byte> utf8, bool isNull = false)
    {
        if (isNull)
        {
            Null();
            return;
        }

        Size(utf8.Length);
        utf8.CopyTo(Room(utf8.Length));
    }

    public void Text(string? text)
    {
        if (text is null)
        {
            Null();
            return;
        }

        int bytes = Encoding.UTF8.GetByteCount(text);
        Size(bytes);
        Encoding.UTF8.GetBytes(text, Room(bytes));
    }

    /// <summary>A JSON string as a field of text, copied as it is where it has no escapes; what is no string, or absent, is replaced.</summary>
    public void JsonText(ReadOnlySpan<byte> json, string? otherwise = null)
    {
        if (json is [(byte)'"', .. var text, (byte)'"'] && !text.Contains((byte)'\\'))
        {
            Utf8(text);
        }
        else
        {
            Text((json.IsEmpty ? null : JsonScalars.Text(json)) ?? otherwise);
        }
    }

    public void Int(int? value)
    {
        if (value is { } number)
        {
            Size(sizeof(int));
            BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), number);
        }
        else
        {
            Null();
        }
    }

    public void Long(long value)
    {
        Size(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Room(sizeof(long)), value);
    }

    public void Flag(bool value)
    {
        Size(1);
        Room(1)[0] = value ? (byte)1 : (byte)0;
    }

    public void Id(Guid id)
    {
        Size(16);
        id.TryWriteBytes(Room(16), bigEndian: true, out _);
    }

    public void Time(DateTimeOffset time) => Long((time.UtcTicks - s_epoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>text[]: dimensions, whether there are nulls, the oid of text; size and lower bound of the dimension; the elements.</summary>
    public void Texts(IReadOnlyCollection<string> texts)
    {
        const int textOid = 25;
        int sizeAt = Length;
        Size(0);
        Size(texts.Count == 0 ? 0 : 1);
        Size(0);
        Size(textOid);
        if (texts.Count > 0)
        {
            Size(texts.Count);
            Size(1);
        }

        foreach (string text in texts)
        {
            Text(text);
        }

        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(sizeAt), Length - sizeAt - sizeof(int));
    }

    private void Size(int bytes) => BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), bytes);

    private Span<byte> Room(int bytes)
    {
        if (Length + bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)_bytes.Length * 2, Length + (long)bytes)));
        }

        Span<byte> room = _bytes.AsSpan(Length, bytes);
        Length += bytes;
        return room;
    }
}
