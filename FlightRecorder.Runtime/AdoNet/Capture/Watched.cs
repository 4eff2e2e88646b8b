using System.Data;
using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>Runs a provider's command or batch inside a recording. Results and exceptions are the provider's own objects.</summary>
internal static class Watched
{
    public static int NonQuery<T>(Execution execution, T target, Func<T, int> run)
    {
        execution.ReadBefore();
        int rows = Try(execution, target, run, static (target, run) => run(target));
        execution.Completed(rows, isScalar: false);
        execution.ReadAfter();
        return rows;
    }

    public static object? Scalar<T>(Execution execution, T target, Func<T, object?> run)
    {
        execution.ReadBefore();
        object? value = Try(execution, target, run, static (target, run) => run(target));
        execution.Completed(-1, isScalar: true);
        execution.ReadAfter();
        return value;
    }

    public static DbDataReader Reader<T>(Execution execution, T target, CommandBehavior behavior, Func<T, CommandBehavior, DbDataReader> run)
    {
        execution.ReadBefore();
        return Decorate(execution, Try(execution, target, (behavior, run), static (target, state) => state.run(target, state.behavior)));
    }

    // What a provider throws before it returns a task is thrown before one is returned here too, unless rows are read first.
    public static Task<int> NonQueryAsync<T>(Execution execution, T target, Func<T, CancellationToken, Task<int>> run, CancellationToken token)
        => execution.ReadsRows
            ? ReadAndNonQueryAsync(execution, target, run, token)
            : NonQueryAsync(execution, Try(execution, target, (run, token), static (target, state) => state.run(target, state.token)));

    public static Task<object?> ScalarAsync<T>(Execution execution, T target, Func<T, CancellationToken, Task<object?>> run, CancellationToken token)
        => execution.ReadsRows
            ? ReadAndScalarAsync(execution, target, run, token)
            : ScalarAsync(execution, Try(execution, target, (run, token), static (target, state) => state.run(target, state.token)));

    public static Task<DbDataReader> ReaderAsync<T>(
        Execution execution, T target, CommandBehavior behavior, Func<T, CommandBehavior, CancellationToken, Task<DbDataReader>> run, CancellationToken token)
        => execution.ReadsRows
            ? ReadAndReaderAsync(execution, target, behavior, run, token)
            : ReaderAsync(execution, Try(execution, target, (behavior, run, token), static (target, state) => state.run(target, state.behavior, state.token)));

    private static async Task<int> ReadAndNonQueryAsync<T>(Execution execution, T target, Func<T, CancellationToken, Task<int>> run, CancellationToken token)
    {
        await execution.ReadBeforeAsync(token).ConfigureAwait(false);
        int rows = await NonQueryAsync(execution, Try(execution, target, (run, token), static (target, state) => state.run(target, state.token))).ConfigureAwait(false);
        await execution.ReadAfterAsync().ConfigureAwait(false);
        return rows;
    }

    private static async Task<object?> ReadAndScalarAsync<T>(
        Execution execution, T target, Func<T, CancellationToken, Task<object?>> run, CancellationToken token)
    {
        await execution.ReadBeforeAsync(token).ConfigureAwait(false);
        object? value = await ScalarAsync(execution, Try(execution, target, (run, token), static (target, state) => state.run(target, state.token))).ConfigureAwait(false);
        await execution.ReadAfterAsync().ConfigureAwait(false);
        return value;
    }

    // The rows after follow when the reader is closed.
    private static async Task<DbDataReader> ReadAndReaderAsync<T>(
        Execution execution, T target, CommandBehavior behavior, Func<T, CommandBehavior, CancellationToken, Task<DbDataReader>> run, CancellationToken token)
    {
        await execution.ReadBeforeAsync(token).ConfigureAwait(false);
        Task<DbDataReader> running = Try(execution, target, (behavior, run, token), static (target, state) => state.run(target, state.behavior, state.token));
        return await ReaderAsync(execution, running).ConfigureAwait(false);
    }

    private static async Task<int> NonQueryAsync(Execution execution, Task<int> running)
    {
        int rows = await TryAsync(execution, running).ConfigureAwait(false);
        execution.Completed(rows, isScalar: false);
        return rows;
    }

    private static async Task<object?> ScalarAsync(Execution execution, Task<object?> running)
    {
        object? value = await TryAsync(execution, running).ConfigureAwait(false);
        execution.Completed(-1, isScalar: true);
        return value;
    }

    private static async Task<DbDataReader> ReaderAsync(Execution execution, Task<DbDataReader> running)
        => Decorate(execution, await TryAsync(execution, running).ConfigureAwait(false));

    private static DbDataReader Decorate(Execution execution, DbDataReader reader)
    {
        if (reader is null)
        {
            execution.Closed(-1, null);
            return reader!;
        }

        execution.Opened();
        return RecordingDataReader.Over(reader, execution);
    }

    private static TResult Try<T, TState, TResult>(Execution execution, T target, TState state, Func<T, TState, TResult> run)
    {
        try
        {
            return run(target, state);
        }
        catch (Exception error)
        {
            execution.Failed(error);
            throw;
        }
    }

    private static async ValueTask<TResult> TryAsync<TResult>(Execution execution, Task<TResult> running)
    {
        try
        {
            return await running.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            execution.Failed(error);
            throw;
        }
    }
}
