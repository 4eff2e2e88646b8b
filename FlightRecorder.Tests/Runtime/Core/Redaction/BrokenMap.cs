using System.Collections;
using System.Runtime.CompilerServices;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.Core;

/// <summary>A redaction map that throws when it is asked: stands for any fault of ours in redaction.</summary>
internal static class BrokenMap
{
    /// <param name="message">What it says of it.</param>
    public static RedactionMap Make(string message = "broken")
    {
        var map = new RedactionMap("Broken", null);
        SetMembers(map, new Members(message));
        return map;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Members")]
    private static extern void SetMembers(RedactionMap map, IReadOnlyList<MemberRule> members);

    private sealed class Members(string message) : IReadOnlyList<MemberRule>
    {
        public int Count => 1;

        public MemberRule this[int index] => throw new InvalidOperationException(message);

        public IEnumerator<MemberRule> GetEnumerator() => throw new InvalidOperationException(message);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
