using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlightRecorder.Tests.Support.Wire;

/// <summary>A TCP connection to a server on this machine: what is sent and received is bytes, nothing else.</summary>
public sealed class RawConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly MemoryStream _received = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    private RawConnection()
    {
    }

    /// <summary>Everything received so far.</summary>
    public byte[] Received => _received.ToArray();

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection the hard way: the server sees a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>Receives until the text has come; fails after 20 seconds or when the server closes first.</summary>
    public async Task ReadUntilAsync(string text)
    {
        byte[] wanted = Encoding.Latin1.GetBytes(text);
        while (_received.GetBuffer().AsSpan(0, (int)_received.Length).IndexOf(wanted) < 0)
        {
            if (await ReceiveAsync() == 0)
            {
                throw new InvalidOperationException($"Closed before \"{text}\"; got: {Encoding.Latin1.GetString(Received)}");
            }
        }
    }

    /// <summary>Receives until the server closes; a reset counts as closed.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        try
        {
            while (await ReceiveAsync() > 0)
            {
            }
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            // An aborting server may reset; what had come before is what counts.
        }

        return Received;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _received.Dispose();
        return default;
    }

    private async Task<int> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        int read = await _socket.ReceiveAsync(_buffer, SocketFlags.None, patience.Token);
        _received.Write(_buffer, 0, read);
        return read;
    }
}
