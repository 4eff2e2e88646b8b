using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FlightRecorder.Tests.Core.BlackBox;

/// <summary>
/// A control group of little memory below the one of this process, or beside it: the kernel ends a process in it that takes more, and
/// no other. Of version 2 where that holds the memory, else of version 1.
/// </summary>
internal sealed class SmallGroup : IDisposable
{
    private const string Memory = "memory";

    private readonly string _path;
    private readonly string _events;

    private SmallGroup(string parent, bool isUnified, long bytes)
    {
        _path = Directory.CreateDirectory(Path.Combine(parent, "flight-" + Guid.NewGuid().ToString("n"))).FullName;
        _events = isUnified ? "memory.events" : "memory.oom_control";
        try
        {
            Set(isUnified ? "memory.max" : "memory.limit_in_bytes", bytes);
            SetIfThere("memory.swap.max", 0);
            SetIfThere("memory.memsw.limit_in_bytes", bytes);
        }
        catch (Exception)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A shell script that enters the group and becomes the program.</summary>
    public string Script => $"echo $$ >'{_path}/cgroup.procs' || exit 111; ulimit -c 0; exec \"$@\"";

    /// <summary>How many processes the kernel has ended in it for want of memory.</summary>
    public int Kills => File.ReadLines(Path.Combine(_path, _events)).Where(line => line.StartsWith("oom_kill ", StringComparison.Ordinal)).Sum(line => int.Parse(line["oom_kill ".Length..]));

    /// <summary>Makes one, where this machine lets us.</summary>
    public static bool TryCreate(long bytes, [NotNullWhen(true)] out SmallGroup? group, out string why)
    {
        (group, why) = (null, "no control group for memory below which one may be made");
        try
        {
            if (Parent(out bool isUnified) is { } parent)
            {
                group = new SmallGroup(parent, isUnified, bytes);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            why = error.Message;
        }

        return group is not null;
    }

    public void Dispose() => Assert.That(SpinWait.SpinUntil(IsRemoved, TimeSpan.FromSeconds(20)), $"{_path} can be removed");

    // A process that was ended leaves its group a moment later.
    private bool IsRemoved()
    {
        try
        {
            Directory.Delete(_path);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // 4:memory:/user of version 1, 0::/user of version 2. In version 2 a group with processes has none below it that hold memory.
    private static string? Parent(out bool isUnified)
    {
        string[][] own = [.. File.ReadLines("/proc/self/cgroup").Select(line => line.Split(':', 3))];
        string? first = own.FirstOrDefault(group => group[1].Split(',').Contains(Memory))?[2];
        isUnified = first is null;
        string? path = first ?? own.FirstOrDefault(group => group[1].Length == 0)?[2];
        if (path is null || Mount(isUnified) is not { } mount)
        {
            return null;
        }

        string at = Path.GetFullPath(mount + path);
        return isUnified ? Giving(at, mount) : at;
    }

    private static string? Giving(string at, string mount)
    {
        while (at.StartsWith(mount, StringComparison.Ordinal))
        {
            if (File.ReadAllText(Path.Combine(at, "cgroup.subtree_control")).Split().Contains(Memory))
            {
                return at;
            }

            at = Path.GetDirectoryName(at)!;
        }

        return null;
    }

    // 36 35 0:31 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
    private static string? Mount(bool isUnified)
        => File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' '))
            .FirstOrDefault(mount => mount[^3] == (isUnified ? "cgroup2" : "cgroup") && (isUnified || mount[^1].Split(',').Contains(Memory)))?[4];

    private void SetIfThere(string file, long value)
    {
        if (File.Exists(Path.Combine(_path, file)))
        {
            Set(file, value);
        }
    }

    private void Set(string file, long value)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(Path.Combine(_path, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(handle, Encoding.ASCII.GetBytes(value.ToString(System.Globalization.CultureInfo.InvariantCulture)), 0);
    }
}
