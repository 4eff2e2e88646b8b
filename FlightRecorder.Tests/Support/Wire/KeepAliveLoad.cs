using System.Net;
using System.Net.Sockets;

namespace FlightRecorder.Tests.Support.Wire;

/// <summary>Sends one request over and over on one connection, without allocating, so that what is allocated is the server's.</summary>
public sealed class KeepAliveLoad : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly int _answerBytes;

    /// <summary>Connects and sends the request once, to learn the length of the answer, which must not vary.</summary>
    /// <param name="port">The server's port on the loopback address.</param>
    /// <param name="request">The request's bytes.</param>
    /// <param name="answerEnd">The last bytes of the answer.</param>
    public KeepAliveLoad(int port, byte[] request, byte[] answerEnd)
    {
        _request = request;
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Send(_request);
        while (!_buffer.AsSpan(0, _answerBytes).EndsWith(answerEnd))
        {
            _answerBytes += Receive(_answerBytes);
        }
    }

    public void Run(int requests)
    {
        for (int i = 0; i < requests; i++)
        {
            _socket.Send(_request);
            int left = _answerBytes;
            while (left > 0)
            {
                left -= Receive(0);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private int Receive(int at)
    {
        int received = _socket.Receive(_buffer, at, _buffer.Length - at, SocketFlags.None);
        return received > 0 ? received : throw new InvalidOperationException("The server closed the connection.");
    }
}
