using System.Data;
using System.Data.Common;
using System.Globalization;

namespace FlightRecorder;

/// <summary>
/// The rows that one statement touches, read before it by its own condition and after it by their keys, beside the app's command and
/// never in its place. What can't be read is said in gaps. No call throws; one that fails leaves the app's transaction as it was.
/// </summary>
internal sealed class TouchedRows
{
    // Npgsql speaks to servers that are no PostgreSQL, or too old to know all that is sent here.
    private const int MinServer = 12;

    private readonly AmbientRecording _recording;
    private readonly DbConnection _connection;
    private readonly RowSelection _selection;
    private readonly DbParameter[] _parameters;
    private readonly int _limit;
    private List<string[]> _keys = [];
    private TableShape? _shape;

    private TouchedRows(AmbientRecording recording, DbConnection connection, RowSelection selection, DbParameter[] parameters, int limit)
    {
        _recording = recording;
        _connection = connection;
        _selection = selection;
        _parameters = parameters;
        _limit = limit;
    }

    /// <summary>By columns; null where they were not read.</summary>
    private NamedValue[][]? Before { get; set; }

    /// <summary>Those of <see cref="Before"/> that are still there, in the same order; null where they were not read.</summary>
    private NamedValue[][]? After { get; set; }

    /// <summary>There were more than the limit.</summary>
    private bool IsCut { get; set; }

    /// <summary>Null where the rows can't be read, which a gap then says.</summary>
    /// <param name="recording">Where the gaps go.</param>
    /// <param name="connection">The provider's own connection, or null where the data source picks one.</param>
    /// <param name="selection">What to read.</param>
    /// <param name="parameters">Those of the app's command.</param>
    /// <param name="limit">How many rows to keep.</param>
    public static TouchedRows? Plan(AmbientRecording recording, DbConnection? connection, RowSelection selection, DbParameterCollection parameters, int limit)
    {
        DbParameter[]? copies = null;
        string? why = selection.Why ?? WhyNot(connection);
        if (why is null)
        {
            copies = CopiedParameters.Of(selection.Parameters, parameters);
            why = copies is null ? RowReasons.Parameter : null;
        }

        if (why is not null)
        {
            recording.Append(RowReasons.NotRead(why));
            return null;
        }

        return new TouchedRows(recording, connection!, selection, copies!, limit);
    }

    /// <summary>Before the statement goes out.</summary>
    public void ReadBefore() => ReadBeforeAsync(isAsync: false).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc cref="ReadBefore" />
    /// <param name="token">The app's. Not given to the read: a cancellation that arrives late could hit what follows it.</param>
    public async ValueTask ReadBeforeAsync(CancellationToken token)
    {
        if (token.IsCancellationRequested)
        {
            _recording.Append(RowReasons.NotRead(RowReasons.Cancelled));
            return;
        }

        await ReadBeforeAsync(isAsync: true).ConfigureAwait(false);
    }

    /// <summary>After the statement went through.</summary>
    /// <param name="affected">How many rows it says it changed, or -1.</param>
    public void ReadAfter(long affected) => ReadAfterAsync(isAsync: false, affected).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc cref="ReadAfter" />
    public ValueTask ReadAfterAsync(long affected) => ReadAfterAsync(isAsync: true, affected);

    /// <summary>Adds what is known so far to the mutation; used under the recording's lock.</summary>
    /// <param name="mutation">The statement's.</param>
    /// <param name="shape">Makes of a row what is shown of it; as it is by default.</param>
    public void Show(MutationEntry mutation, Func<NamedValue[], NamedValue[]>? shape = null)
    {
        mutation.Before = Shaped(Before, shape);
        mutation.After = Shaped(After, shape);
        mutation.Key = Before is [NamedValue[] row] && !IsCut && _shape!.Key.Length > 0 ? shape?.Invoke(KeyOf(row)) ?? KeyOf(row) : null;
        mutation.Changed = RowDifference.Of(mutation.Before, mutation.After);
    }

    /// <summary>The rows after will not be read.</summary>
    public void LeaveAfter(string why)
    {
        if (Before is not null)
        {
            _recording.Append(RowReasons.NotReadAfter(why));
        }
    }

    private async ValueTask ReadBeforeAsync(bool isAsync)
    {
        try
        {
            if (await ReadAsync(isAsync, isBefore: true).ConfigureAwait(false) is { } why)
            {
                _recording.Append(RowReasons.NotRead(why));
            }
            else if (IsCut)
            {
                _recording.Append(new GapEntry("mutations.rows", string.Create(CultureInfo.InvariantCulture, $"only {_limit} rows of a statement are kept (BeforeRowLimit)")));
            }
        }
        catch (DbException error)
        {
            // Leaving failed too: the connection is gone, as the app will see.
            _recording.Append(RowReasons.NotRead(SideReads.Failed(error)));
        }
        catch (Exception error) when (ServerVerdict.WasNotSent(error))
        {
            _recording.Append(RowReasons.NotRead(RowReasons.Parameter));
        }
        catch (Exception error)
        {
            Before = null;
            Guarded.Failed(_recording, "rows.before", error);
        }
    }

    private async ValueTask ReadAfterAsync(bool isAsync, long affected)
    {
        if (Before is null)
        {
            return;
        }

        try
        {
            NoteOthers(affected);
            if (await WhyNotAfterAsync(isAsync, affected).ConfigureAwait(false) is { } why)
            {
                _recording.Append(RowReasons.NotReadAfter(why));
            }
        }
        catch (DbException error)
        {
            _recording.Append(RowReasons.NotReadAfter(SideReads.Failed(error)));
        }
        catch (Exception error)
        {
            After = null;
            Guarded.Failed(_recording, "rows.after", error);
        }
    }

    private static NamedValue[][]? Shaped(NamedValue[][]? rows, Func<NamedValue[], NamedValue[]>? shape)
        => rows is null || shape is null ? rows : [.. rows.Select(shape)];

    private NamedValue[] KeyOf(NamedValue[] row) => Array.FindAll(row, value => Array.Exists(_shape!.Key, column => column.Name == value.Name));

    private static string? WhyNot(DbConnection? connection)
        => connection is null ? RowReasons.NoConnection
            : !ServerVerdict.IsNpgsql(connection) ? RowReasons.Provider
            : connection.State != ConnectionState.Open ? RowReasons.Closed
            : MajorVersion(connection) < MinServer ? RowReasons.OldServer
            : null;

    private static int MajorVersion(DbConnection connection)
    {
        ReadOnlySpan<char> version = connection.ServerVersion;
        int length = version.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? version : version[..length], NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : 0;
    }

    // What others committed between the two is in neither.
    private void NoteOthers(long affected)
    {
        if (affected >= 0 && (IsCut ? affected <= _limit : affected != Before!.Length))
        {
            _recording.Append(new GapEntry("mutations.rows", string.Create(
                CultureInfo.InvariantCulture, $"{Before!.Length} rows were read before a statement that changed {affected}")));
        }
    }

    private async ValueTask<string?> WhyNotAfterAsync(bool isAsync, long affected)
    {
        if (Before!.Length == 0 || (_selection.IsDelete && affected >= Before.Length))
        {
            After = [];
            return null;
        }

        return _shape!.Key.Length == 0 ? RowReasons.NoKey
            : _selection.Assigns(_shape.Key.Select(static column => column.Name)) ? RowReasons.KeyChanges
            : _connection.State != ConnectionState.Open ? RowReasons.ReaderEnds
            : await ReadAsync(isAsync, isBefore: false).ConfigureAwait(false);
    }

    private async ValueTask<string?> ReadAsync(bool isAsync, bool isBefore)
    {
        var reads = new SideReads(_connection, isAsync);
        try
        {
            if (await reads.BeginAsync(isKnown: !isBefore).ConfigureAwait(false) is { } why)
            {
                return why;
            }

            return isBefore ? await BeforeAsync(reads).ConfigureAwait(false) : await AfterAsync(reads).ConfigureAwait(false);
        }
        catch (DbException error)
        {
            TableShapes.Forget(_connection.ConnectionString, _selection.Table);
            return SideReads.Failed(error);
        }
        finally
        {
            await reads.EndAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<string?> BeforeAsync(SideReads reads)
    {
        string connection = _connection.ConnectionString;
        _shape = TableShapes.Find(connection, _selection.Table)
            ?? TableShapes.Add(connection, _selection.Table, TableShape.Of(await reads.QueryAsync(TableShape.Query, [Parameter(_selection.Table)], isLast: false).ConfigureAwait(false)));
        if (_shape.Columns.Length == 0)
        {
            return RowReasons.NoTable;
        }

        List<string?[]> rows = await reads.QueryAsync(_shape.Before(_selection, _limit), _parameters, isLast: true).ConfigureAwait(false);
        IsCut = rows.Count > _limit;
        string[] kept = [.. rows.Take(_limit).Select(static row => row[0]!)];
        _keys = [.. kept.Select(row => RowJson.Key(row, _shape))];
        Before = [.. kept.Select(row => RowJson.Read(row, _shape))];
        return null;
    }

    private async ValueTask<string?> AfterAsync(SideReads reads)
    {
        List<string?[]> rows = await reads.QueryAsync(_shape!.After(_selection, _keys.Count), _keys.SelectMany(static key => key).Select(Parameter), isLast: true).ConfigureAwait(false);
        var byKey = rows.ToDictionary(row => Joined(RowJson.Key(row[0]!, _shape)), static row => row[0]!, StringComparer.Ordinal);
        After = [.. _keys.Where(key => byKey.ContainsKey(Joined(key))).Select(key => RowJson.Read(byKey[Joined(key)], _shape))];
        return null;
    }

    private static string Joined(string[] key) => string.Join('\0', key);

    private DbParameter Parameter(object value)
    {
        using DbCommand command = _connection.CreateCommand();
        DbParameter parameter = command.CreateParameter();
        parameter.Value = value;
        return parameter;
    }
}
