namespace FlightRecorder.Tests.Core.Journal;

/// <summary>
/// A disk in memory whose power is cut in or after some operation. What was synced stays: the bytes of a file by its sync, the names
/// of a directory by the directory's. Of all else a random part is found again: writes whole, torn, by sectors, as zeros or not at all,
/// and names in any combination. A sync that failed has lost what it was for, as on Linux; the next one succeeds and brings nothing back.
/// </summary>
internal sealed class VolatileDisk(Random random, TimeProvider time, int cutAt, double faults) : IJournalFiles
{
    private readonly Dictionary<string, Inode> _names = [];
    private readonly Dictionary<string, Inode> _safeNames = [];
    private readonly List<Action<Dictionary<string, Inode>>> _unsafeNames = [];
    private int _operations;
    private bool _isOff;

    public int FailedSyncs { get; private set; }

    public int Faults { get; private set; }

    /// <summary>The content of files that were deleted on purpose.</summary>
    public List<byte[]> Deleted { get; } = [];

    public void CreateDirectory(string directory) => Do(() => { });

    public IJournalFile? TryCreate(string path)
    {
        var inode = new Inode(random) { LastWrite = time.GetUtcNow() };
        Do(() => Rename(names => names[path] = inode), canFail: true);
        return new OpenFile(this, inode);
    }

    public bool Exists(string path) => _names.ContainsKey(path);

    public IReadOnlyList<SegmentFile> List(string directory)
    {
        Do(() => { });
        return [.. _names.Select(file => (file, IsSegment: SegmentName.TryParse(Path.GetFileName(file.Key), out SegmentName name), name))
            .Where(found => found.IsSegment)
            .Select(found => new SegmentFile(found.file.Key, found.name, found.file.Value.Content.Count, found.file.Value.LastWrite))];
    }

    public bool IsInUse(string path) => _names.TryGetValue(path, out Inode? inode) && inode.IsOpen;

    // It sets nothing aside.
    public void GiveBack(string path) => Do(() => { });

    public void Rename(string from, string to) => Do(
        () => Rename(names =>
        {
            if (names.Remove(from, out Inode? inode))
            {
                names[to] = inode;
            }
        }),
        canFail: true);

    public void Delete(string path) => Do(
        () =>
        {
            if (_names.TryGetValue(path, out Inode? inode))
            {
                Deleted.Add([.. inode.Content]);
            }

            Rename(names => names.Remove(path));
        },
        canFail: true);

    public void SyncDirectory(string directory) => Do(
        () =>
        {
            _safeNames.Clear();
            foreach ((string path, Inode inode) in _names)
            {
                _safeNames[path] = inode;
            }

            _unsafeNames.Clear();
        },
        canFail: true);

    /// <summary>Writes what is found when the power is back into a real directory.</summary>
    public void PowerOn(string directory)
    {
        Dictionary<string, Inode> found = new(_safeNames);
        foreach (Action<Dictionary<string, Inode>> change in _unsafeNames.Where(_ => random.Next(2) == 0))
        {
            change(found);
        }

        foreach ((string path, Inode inode) in found)
        {
            File.WriteAllBytes(Path.Combine(directory, Path.GetFileName(path)), inode.AfterCut());
        }
    }

    private void Rename(Action<Dictionary<string, Inode>> change)
    {
        change(_names);
        _unsafeNames.Add(change);
    }

    private void Do(Action operation, bool canFail = false)
    {
        if (_isOff)
        {
            throw new PowerCutException();
        }

        _isOff = ++_operations == cutAt;
        if (!_isOff && canFail && random.NextDouble() < faults)
        {
            Faults++;
            throw new IOException("a fault of the disk", 5);
        }

        // In its middle is for what a write leaves behind; here it was done, and nobody heard of it, or it was not.
        if (!_isOff || random.Next(2) == 0)
        {
            operation();
        }

        if (_isOff)
        {
            throw new PowerCutException();
        }
    }

    /// <summary>The bytes of a file: those that are safe, and the writes since.</summary>
    private sealed class Inode(Random random)
    {
        private const int Sector = 512;

        private readonly List<(int Offset, byte[] Bytes)> _unsafe = [];
        private readonly List<(int Offset, byte[] Bytes)> _lost = [];
        private byte[] _safe = [];

        /// <summary>What processes see.</summary>
        public List<byte> Content { get; } = [];

        public DateTimeOffset LastWrite { get; set; }

        public bool IsOpen { get; set; } = true;

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            System.Runtime.InteropServices.CollectionsMarshal.SetCount(Content, Math.Max(Content.Count, (int)offset + bytes.Length));
            bytes.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Content)[(int)offset..]);
            _unsafe.Add(((int)offset, bytes.ToArray()));
        }

        public void Sync()
        {
            foreach ((int offset, byte[] bytes) in _unsafe)
            {
                Put(offset, bytes);
            }

            _unsafe.Clear();
        }

        public void Lose()
        {
            _lost.AddRange(_unsafe);
            _unsafe.Clear();
        }

        public byte[] AfterCut()
        {
            foreach ((int offset, byte[] bytes) in _lost.Concat(_unsafe))
            {
                Put(offset, Damaged(bytes));
            }

            return _safe;
        }

        private byte[] Damaged(byte[] bytes)
        {
            switch (random.Next(5))
            {
                case 0:
                    return [];
                case 1:
                    return bytes;
                case 2:
                    return bytes[..random.Next(bytes.Length + 1)];
                case 3:
                    return new byte[random.Next(bytes.Length + 1)];
                default:
                    byte[] sectors = [.. bytes];
                    for (int at = 0; at < sectors.Length; at += Sector)
                    {
                        if (random.Next(2) == 0)
                        {
                            sectors.AsSpan(at, Math.Min(Sector, sectors.Length - at)).Clear();
                        }
                    }

                    return sectors;
            }
        }

        private void Put(int offset, byte[] bytes)
        {
            if (bytes.Length > 0)
            {
                Array.Resize(ref _safe, Math.Max(_safe.Length, offset + bytes.Length));
                bytes.CopyTo(_safe, offset);
            }
        }
    }

    private sealed class OpenFile(VolatileDisk disk, Inode inode) : IJournalFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            byte[] copy = bytes.ToArray();
            try
            {
                disk.Do(() => inode.Write(copy, offset), canFail: true);
            }
            catch (IOException)
            {
                inode.Write(copy.AsSpan(0, disk.Half(copy.Length)), offset);
                throw;
            }

            inode.LastWrite = disk.Now;
        }

        public void Sync()
        {
            try
            {
                disk.Do(inode.Sync, canFail: true);
            }
            catch (IOException)
            {
                disk.FailedSyncs++;
                inode.Lose();
                throw;
            }
        }

        public void Dispose() => inode.IsOpen = false;
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private int Half(int length) => random.Next(length);
}

/// <summary>The power is off: nothing of the process runs any more.</summary>
internal sealed class PowerCutException : Exception;
