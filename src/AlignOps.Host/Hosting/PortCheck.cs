using System.Net;
using System.Net.Sockets;

namespace AlignOps.Host.Hosting;

/// <summary>Listens for a moment where the process will listen, before anything of it has started: the web server binds last, with all else running.</summary>
internal static class PortCheck
{
    /// <exception cref="SocketException">The port is taken, or the address is not this machine's.</exception>
    public static void Try(Uri url)
    {
        if (url.Port > 0 && IPAddress.TryParse(url.Host.Trim('[', ']'), out var address))
        {
            using var listener = new TcpListener(address, url.Port);
            listener.Start();
        }
    }
}
