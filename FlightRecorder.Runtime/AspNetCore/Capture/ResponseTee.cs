using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.AspNetCore;

/// <summary>
/// The response body as the app gets it: the feature and its pipe writer in one, each member passed on to the server's own.
/// Bytes are copied in <see cref="Advance"/> from the memory handed out last, or when they are written. Not pooled, for the
/// same reason as <see cref="RequestTee"/>.
/// </summary>
internal sealed class ResponseTee(IHttpResponseBodyFeature inner, HttpResponse response, BodyTap tap) : PipeWriter, IHttpResponseBodyFeature
{
    // The tap taken apart, as in the request's tee.
    private readonly BodySink _sink = tap.Sink;
    private readonly int _generation = tap.Generation;
    private PipeWriter? _writer;
    private ResponseTeeStream? _stream;
    private Memory<byte> _handedOut;
    private bool _decided;

    /// <summary>Why the body is not kept, where that is a gap.</summary>
    public string? Gap { get; private set; }

    /// <summary>Whether the body is, or has parts, of a kind that is not kept.</summary>
    public bool IsSkipped { get; private set; }

    public Stream Stream => _stream ??= new ResponseTeeStream(this, inner.Stream);

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => Inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => Inner.UnflushedBytes;

    private PipeWriter Inner => _writer ??= inner.Writer;

    private BodyTap Tap => new(_sink, _generation);

    /// <summary>Puts the server's own feature back, where nobody has put another in front.</summary>
    public void Restore(IFeatureCollection features)
    {
        if (ReferenceEquals(features[typeof(IHttpResponseBodyFeature)], this))
        {
            features.Put(inner);
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _handedOut = Inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (bytes > 0 && bytes <= _handedOut.Length)
        {
            Tap.Append(_handedOut.Span[..bytes]);
            _handedOut = _handedOut[bytes..];
        }

        Inner.Advance(bytes);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        Written(source.Span);
        return Inner.WriteAsync(source, cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Decide();
        return Inner.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => Inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => Inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => Inner.CompleteAsync(exception);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Decide();
        return inner.StartAsync(cancellationToken);
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        Decide();
        IsSkipped = true;
        Gap ??= "sent as a file";
        Tap.KeepNothing();
        Tap.Skip(count ?? LengthOf(path) - offset);
        return inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public Task CompleteAsync() => inner.CompleteAsync();

    /// <summary>Bytes that are about to be written through.</summary>
    public void Written(ReadOnlySpan<byte> bytes)
    {
        Decide();
        Tap.Append(bytes);
    }

    /// <summary>The headers are about to go out: now it is known whether the body is one to keep.</summary>
    public void Decide()
    {
        if (_decided)
        {
            return;
        }

        _decided = true;
        try
        {
            IHeaderDictionary headers = response.Headers;
            string? contentType = headers.ContentType;
            Gap = GapOf(contentType, headers);
            IsSkipped = Gap is not null || !BodyTypes.IsStored(contentType);
            if (IsSkipped)
            {
                Tap.KeepNothing();
            }
        }
        catch (Exception error)
        {
            Tap.Fail(error);
        }
    }

    private static string? GapOf(string? contentType, IHeaderDictionary headers)
    {
        if (BodyTypes.IsEventStream(contentType))
        {
            return "event stream";
        }

        if (BodyTypes.IsGrpc(contentType))
        {
            return "gRPC";
        }

        return RequestReader.IsEncoded(headers) ? "content encoding" : null;
    }

    private static long LengthOf(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return 0;
        }
    }
}
