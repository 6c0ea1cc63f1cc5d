using System.Net;

namespace AlignOps.Platform.Access;

/// <summary>Keeps an unprotected service on its own machine.</summary>
public sealed class AccessGuard
{
    private readonly IAccessKeys _keys;

    public AccessGuard(IAccessKeys keys)
    {
        _keys = keys;
    }

    /// <summary>The reason not to listen on these addresses, or null when it is sound: other machines may call only once a key exists.</summary>
    /// <param name="urls">As Kestrel reads them, such as <c>http://127.0.0.1:8080</c> or <c>http://*:80</c>.</param>
    public async Task<AccessFault?> EnsureBindableAsync(IEnumerable<string> urls, CancellationToken cancellationToken)
    {
        var open = urls.Where(url => !IsLoopbackUrl(url)).ToArray();
        return open.Length == 0 || (await _keys.ListAsync(cancellationToken)).Count > 0
            ? null
            : new AccessFault(
                "bind-needs-key",
                $"{string.Join(" and ", open)} would let other machines in while no access key exists. Make an admin key first, or listen on http://127.0.0.1.");
    }

    internal static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsLoopbackUrl(string url)
    {
        // Kestrel's wildcards are no host names; a Uri refuses or misreads them.
        var authority = url.Contains("://", StringComparison.Ordinal) ? url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..] : url;
        if (authority.StartsWith("unix:", StringComparison.Ordinal))
        {
            return true;
        }

        return Uri.TryCreate("http://" + authority, UriKind.Absolute, out var read) && IsLoopbackHost(read.Host);
    }
}
