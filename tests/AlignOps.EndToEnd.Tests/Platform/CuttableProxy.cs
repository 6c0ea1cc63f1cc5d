using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AlignOps.EndToEnd.Tests.Platform;

/// <summary>Stands between a process and a server, so that a test can cut the wire and mend it.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private volatile bool _isCut;

    public CuttableProxy(string host, int port)
    {
        _host = host;
        _port = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Breaks every connection, and each new one at once.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var client in _open.Keys)
        {
            client.Close();
        }
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        _open[client] = _open[server] = true;
        try
        {
            if (!_isCut)
            {
                await server.ConnectAsync(_host, _port);
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
            }
        }
        catch (Exception fault) when (fault is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The wire was cut.
        }
        finally
        {
            client.Close();
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
        }
    }
}
