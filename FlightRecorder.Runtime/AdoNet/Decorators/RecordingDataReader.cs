using System.Collections;
using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace FlightRecorder.AdoNet;

/// <summary>A provider's reader inside a recording: counts the rows read, and tells when it is closed. Values are the provider's.</summary>
internal class RecordingDataReader : DbDataReader
{
    private readonly Execution _execution;
    private long _rowsRead;

    protected RecordingDataReader(DbDataReader inner, Execution execution)
    {
        Inner = inner;
        _execution = execution;
    }

    public static RecordingDataReader Over(DbDataReader reader, Execution execution)
        => reader is IDbColumnSchemaGenerator ? new ColumnSchemaReader(reader, execution) : new RecordingDataReader(reader, execution);

    protected DbDataReader Inner { get; }

    public override int Depth => Inner.Depth;

    public override int FieldCount => Inner.FieldCount;

    public override bool HasRows => Inner.HasRows;

    public override bool IsClosed => Inner.IsClosed;

    public override int RecordsAffected => Inner.RecordsAffected;

    public override int VisibleFieldCount => Inner.VisibleFieldCount;

    public override object this[int ordinal] => Inner[ordinal];

    public override object this[string name] => Inner[name];

    public override bool Read()
    {
        bool more;
        try
        {
            more = Inner.Read();
        }
        catch (Exception error)
        {
            _execution.Failed(error);
            throw;
        }

        return Counted(more);
    }

    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        Task<bool> reading = Inner.ReadAsync(cancellationToken);
        if (reading.IsCompletedSuccessfully)
        {
            Counted(reading.Result);
            return reading;
        }

        return CountAsync(reading);
    }

    public override bool NextResult()
    {
        try
        {
            return Inner.NextResult();
        }
        catch (Exception error)
        {
            _execution.Failed(error);
            throw;
        }
    }

    public override Task<bool> NextResultAsync(CancellationToken cancellationToken)
    {
        Task<bool> moving = Inner.NextResultAsync(cancellationToken);
        return moving.IsCompletedSuccessfully ? moving : WatchAsync(moving);
    }

    public override void Close()
    {
        try
        {
            Inner.Close();
        }
        catch (Exception error)
        {
            _execution.Failed(error);
            throw;
        }

        Closed();
    }

    public override Task CloseAsync()
    {
        Task closing = Inner.CloseAsync();
        if (closing.IsCompletedSuccessfully && !_execution.ReadsRows)
        {
            Closed();
            return closing;
        }

        return CloseAsync(closing);
    }

    public override ValueTask DisposeAsync()
    {
        ValueTask disposing = Inner.DisposeAsync();
        if (disposing.IsCompletedSuccessfully && !_execution.ReadsRows)
        {
            Closed();
            return disposing;
        }

        return new ValueTask(CloseAsync(disposing.AsTask()));
    }

    public override IEnumerator GetEnumerator() => new CountingEnumerator(Inner.GetEnumerator(), this);

    public override bool GetBoolean(int ordinal) => Inner.GetBoolean(ordinal);

    public override byte GetByte(int ordinal) => Inner.GetByte(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
        => Inner.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);

    public override char GetChar(int ordinal) => Inner.GetChar(ordinal);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
        => Inner.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);

    public override string GetDataTypeName(int ordinal) => Inner.GetDataTypeName(ordinal);

    public override DateTime GetDateTime(int ordinal) => Inner.GetDateTime(ordinal);

    public override decimal GetDecimal(int ordinal) => Inner.GetDecimal(ordinal);

    public override double GetDouble(int ordinal) => Inner.GetDouble(ordinal);

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)]
    public override Type GetFieldType(int ordinal) => Inner.GetFieldType(ordinal);

    public override T GetFieldValue<T>(int ordinal) => Inner.GetFieldValue<T>(ordinal);

    public override Task<T> GetFieldValueAsync<T>(int ordinal, CancellationToken cancellationToken)
        => Inner.GetFieldValueAsync<T>(ordinal, cancellationToken);

    public override float GetFloat(int ordinal) => Inner.GetFloat(ordinal);

    public override Guid GetGuid(int ordinal) => Inner.GetGuid(ordinal);

    public override short GetInt16(int ordinal) => Inner.GetInt16(ordinal);

    public override int GetInt32(int ordinal) => Inner.GetInt32(ordinal);

    public override long GetInt64(int ordinal) => Inner.GetInt64(ordinal);

    public override string GetName(int ordinal) => Inner.GetName(ordinal);

    public override int GetOrdinal(string name) => Inner.GetOrdinal(name);

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)]
    public override Type GetProviderSpecificFieldType(int ordinal) => Inner.GetProviderSpecificFieldType(ordinal);

    public override object GetProviderSpecificValue(int ordinal) => Inner.GetProviderSpecificValue(ordinal);

    public override int GetProviderSpecificValues(object[] values) => Inner.GetProviderSpecificValues(values);

    public override DataTable? GetSchemaTable() => Inner.GetSchemaTable();

    public override Task<DataTable?> GetSchemaTableAsync(CancellationToken cancellationToken = default) => Inner.GetSchemaTableAsync(cancellationToken);

    public override Task<ReadOnlyCollection<DbColumn>> GetColumnSchemaAsync(CancellationToken cancellationToken = default)
        => Inner.GetColumnSchemaAsync(cancellationToken);

    public override Stream GetStream(int ordinal) => Inner.GetStream(ordinal);

    public override string GetString(int ordinal) => Inner.GetString(ordinal);

    public override TextReader GetTextReader(int ordinal) => Inner.GetTextReader(ordinal);

    public override object GetValue(int ordinal) => Inner.GetValue(ordinal);

    public override int GetValues(object[] values) => Inner.GetValues(values);

    public override bool IsDBNull(int ordinal) => Inner.IsDBNull(ordinal);

    public override Task<bool> IsDBNullAsync(int ordinal, CancellationToken cancellationToken) => Inner.IsDBNullAsync(ordinal, cancellationToken);

    protected override DbDataReader GetDbDataReader(int ordinal) => Inner.GetData(ordinal);

    // Not through the base class, which would close instead of dispose.
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        try
        {
            Inner.Dispose();
        }
        catch (Exception error)
        {
            _execution.Failed(error);
            throw;
        }

        Closed();
    }

    private bool Counted(bool more)
    {
        _rowsRead += more ? 1 : 0;
        return more;
    }

    private void Closed()
    {
        _execution.Closed(_rowsRead, Inner);
        _execution.ReadAfter();
    }

    private async Task<bool> CountAsync(Task<bool> reading) => Counted(await WatchAsync(reading).ConfigureAwait(false));

    private async Task<bool> WatchAsync(Task<bool> moving)
    {
        try
        {
            return await moving.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _execution.Failed(error);
            throw;
        }
    }

    private async Task CloseAsync(Task closing)
    {
        try
        {
            await closing.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _execution.Failed(error);
            throw;
        }

        _execution.Closed(_rowsRead, Inner);
        await _execution.ReadAfterAsync().ConfigureAwait(false);
    }

    /// <summary>The provider's enumerator, which moves the provider's reader past this one.</summary>
    private sealed class CountingEnumerator(IEnumerator inner, RecordingDataReader reader) : IEnumerator
    {
        public object? Current => inner.Current;

        public bool MoveNext() => reader.Counted(inner.MoveNext());

        public void Reset() => inner.Reset();
    }
}
