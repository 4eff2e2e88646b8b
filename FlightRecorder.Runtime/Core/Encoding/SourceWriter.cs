using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>Writes where the types are declared that a recording is about: those of its bodies and of the rows it changed.</summary>
internal sealed class SourceWriter(LineBuffer line, LeafWriter leaf)
{
    private readonly List<RedactionMap> _written = [];

    // ,"sources":[{"kind":"request","name":"NewOrder","location":"Shop/Contracts/NewOrder.cs:5"}]
    public void Write(ActiveRecording recording)
    {
        int before = line.Length;
        line.Member("sources"u8).Byte((byte)'[');
        int empty = line.Length;
        WriteOnce("request"u8, recording.RequestBody.Map ?? recording.Plan?.RequestBody);
        WriteOnce("response"u8, recording.ResponseBody.Map ?? recording.Plan?.ResponseBody);
        foreach (MutationEntry mutation in recording.Mutations)
        {
            WriteOnce("entity"u8, mutation.Map);
        }

        _written.Clear();
        if (line.Length == empty)
        {
            line.CutTo(before);
        }
        else
        {
            line.Byte((byte)']');
        }
    }

    private void WriteOnce(ReadOnlySpan<byte> kind, RedactionMap? map)
    {
        if (map?.Location is not { } location || _written.Contains(map))
        {
            return;
        }

        _written.Add(map);
        line.Separate();
        line.Raw("{\"kind\":\""u8);
        line.Raw(kind);
        line.Byte((byte)'"');
        leaf.Optional("name"u8, map.Name);
        leaf.Optional("location"u8, location);
        line.Byte((byte)'}');
    }
}
