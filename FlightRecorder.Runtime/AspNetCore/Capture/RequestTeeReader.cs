using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace FlightRecorder.AspNetCore;

/// <summary>The server's pipe over the request body; what each read shows is copied by the tee.</summary>
internal sealed class RequestTeeReader(RequestTee tee, PipeReader inner) : PipeReader
{
    private ReadOnlySequence<byte> _shown;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ValueTask<ReadResult> reading = inner.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully ? new ValueTask<ReadResult>(Shown(reading.Result)) : Awaited(reading);
    }

    public override bool TryRead(out ReadResult result)
    {
        bool read = inner.TryRead(out result);
        if (read)
        {
            Shown(result);
        }

        return read;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed, known: true);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => AdvanceTo(consumed, examined, known: false);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    protected override ValueTask<ReadResult> ReadAtLeastAsyncCore(int minimumSize, CancellationToken cancellationToken)
    {
        ValueTask<ReadResult> reading = inner.ReadAtLeastAsync(minimumSize, cancellationToken);
        return reading.IsCompletedSuccessfully ? new ValueTask<ReadResult>(Shown(reading.Result)) : Awaited(reading);
    }

    private void AdvanceTo(SequencePosition consumed, SequencePosition examined, bool known)
    {
        // The memory goes back to the server with the call: count first.
        tee.Taken(in _shown, consumed);
        _shown = default;
        if (known)
        {
            inner.AdvanceTo(consumed);
        }
        else
        {
            inner.AdvanceTo(consumed, examined);
        }
    }

    private ReadResult Shown(ReadResult result)
    {
        _shown = result.Buffer;
        tee.Shown(in result);
        return result;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> Awaited(ValueTask<ReadResult> reading)
    {
        try
        {
            return Shown(await reading.ConfigureAwait(false));
        }
        catch (Exception error)
        {
            tee.ReadFailed(error);
            throw;
        }
    }
}
