using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.AspNetCore;

/// <summary>
/// The request body as the app gets it: every read passes through to the server's own stream or reader, and what the read
/// delivered is copied. It never reads by itself. Not pooled: an app may keep it beyond the request, and must then meet the
/// server's answer for that, not another request's body.
/// </summary>
internal sealed class RequestTee(IHttpRequestFeature request, IRequestBodyPipeFeature? pipe, BodyTap tap) : Stream, IRequestBodyPipeFeature
{
    private readonly Stream _inner = request.Body;

    // The server's own until the app asks for it.
    private PipeReader? _reader = pipe?.Reader;

    // The tap taken apart: its number and the flags share a word in each request's memory.
    private readonly BodySink _sink = tap.Sink;
    private readonly int _generation = tap.Generation;

    // Where the next read starts, and up to where bytes were copied: a pipe, or a stream that was rewound, delivers bytes again.
    private long _offset = Start(request.Body);
    private long _copied = Start(request.Body);

    /// <summary>Whether any read was answered with bytes or the end.</summary>
    public bool WasRead => EndSeen || _copied > 0;

    /// <summary>Whether the app saw the end of the body.</summary>
    public bool EndSeen { get; private set; }

    /// <summary>The connection broke while the app was reading.</summary>
    public bool Broke { get; private set; }

    /// <summary>How many bytes the app saw.</summary>
    public long Seen => _copied;

    /// <summary>The body as a pipe; over the app's own stream when the app has put one in front.</summary>
    public PipeReader Reader => ReferenceEquals(request.Body, this) ? OwnReader : pipe!.Reader;

    private PipeReader OwnReader => _reader is RequestTeeReader ? _reader : _reader = new RequestTeeReader(this, _reader!);

    private BodyTap Tap => new(_sink, _generation);

    public override bool CanRead => _inner.CanRead;

    public override bool CanSeek => _inner.CanSeek;

    public override bool CanWrite => _inner.CanWrite;

    public override bool CanTimeout => _inner.CanTimeout;

    public override long Length => _inner.Length;

    public override long Position { get => _inner.Position; set => Seek(value, SeekOrigin.Begin); }

    public override int ReadTimeout { get => _inner.ReadTimeout; set => _inner.ReadTimeout = value; }

    public override int WriteTimeout { get => _inner.WriteTimeout; set => _inner.WriteTimeout = value; }

    /// <summary>Puts the server's own body back, where the app has not replaced it.</summary>
    public void Restore(IFeatureCollection features)
    {
        if (ReferenceEquals(request.Body, this))
        {
            request.Body = _inner;
        }

        if (ReferenceEquals(features[typeof(IRequestBodyPipeFeature)], this))
        {
            features.Put(pipe);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = _inner.Read(buffer);
        Delivered(buffer[..read], buffer.Length);
        return read;
    }

    public override int ReadByte()
    {
        int read = _inner.ReadByte();
        byte value = (byte)read;
        Delivered(read < 0 ? [] : [value], 1);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> reading = _inner.ReadAsync(buffer, cancellationToken);
        if (!reading.IsCompletedSuccessfully)
        {
            return Awaited(reading, buffer);
        }

        int read = reading.Result;
        Delivered(buffer.Span[..read], buffer.Length);
        return new ValueTask<int>(read);
    }

    // The server copies segment by segment; so the destination is watched instead, and sees the same writes as without us.
    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        => CopyAsync(new CopyWatch(this, destination), bufferSize, cancellationToken);

    public override void CopyTo(Stream destination, int bufferSize)
    {
        _inner.CopyTo(new CopyWatch(this, destination), bufferSize);
        EndSeen = true;
    }

    public override IAsyncResult BeginRead(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state)
        => TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => _offset = _inner.Seek(offset, origin);

    public override void SetLength(long value) => _inner.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => _inner.Write(buffer, offset, count);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => _inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        => _inner.WriteAsync(buffer, cancellationToken);

    public override ValueTask DisposeAsync() => _inner.DisposeAsync();

    /// <summary>Bytes that a read of the stream delivered; none for a buffer with room means the end.</summary>
    public void Delivered(ReadOnlySpan<byte> bytes, int room)
    {
        if (bytes.IsEmpty)
        {
            EndSeen |= room > 0;
            return;
        }

        int known = (int)Math.Clamp(_copied - _offset, 0, bytes.Length);
        Tap.Append(bytes[known..]);
        _offset += bytes.Length;
        _copied = Math.Max(_copied, _offset);
    }

    /// <summary>What a read of the pipe showed; the app may take less of it, and is then shown the rest again.</summary>
    public void Shown(in ReadResult result)
    {
        try
        {
            long known = Math.Max(_copied - _offset, 0);
            ReadOnlySequence<byte> shown = result.Buffer;
            long length = shown.Length;
            if (length > known)
            {
                Tap.Append(known == 0 ? shown : shown.Slice(known));
                _copied = _offset + length;
            }

            EndSeen |= result.IsCompleted;
        }
        catch (Exception error)
        {
            Tap.Fail(error);
        }
    }

    /// <summary>The app took the first bytes of what it was shown.</summary>
    public void Taken(in ReadOnlySequence<byte> shown, SequencePosition consumed)
    {
        try
        {
            _offset += consumed.Equals(shown.End) ? shown.Length : shown.Slice(0, consumed).Length;
        }
        catch (Exception error)
        {
            Tap.Fail(error);
        }
    }

    public void ReadFailed(Exception error) => Broke |= Outcomes.IsBrokenConnection(error);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }
    }

    private static long Start(Stream body) => body.CanSeek ? body.Position : 0;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> Awaited(ValueTask<int> reading, Memory<byte> buffer)
    {
        try
        {
            int read = await reading.ConfigureAwait(false);
            Delivered(buffer.Span[..read], buffer.Length);
            return read;
        }
        catch (Exception error)
        {
            ReadFailed(error);
            throw;
        }
    }

    private async Task CopyAsync(CopyWatch destination, int bufferSize, CancellationToken cancellationToken)
    {
        try
        {
            await _inner.CopyToAsync(destination, bufferSize, cancellationToken).ConfigureAwait(false);
            EndSeen = true;
        }
        catch (Exception error)
        {
            ReadFailed(error);
            throw;
        }
    }
}
