using Npgsql;

namespace AlignOps.Platform.Storage;

/// <summary>Reads a PostgreSQL address, as a URL or as Npgsql's own string.</summary>
public static class PostgresAddress
{
    private static readonly string[] Schemes = ["postgres", "postgresql"];

    /// <summary>What is wrong with an address, as the end of a sentence; null when it can be read.</summary>
    public static string? Fault(string address)
    {
        try
        {
            return string.IsNullOrEmpty(Read(address).Host) ? "names no host; write postgres://user:password@host:5432/database." : null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            return $"cannot be read ({fault.Message.TrimEnd('.')}); write postgres://user:password@host:5432/database or an Npgsql connection string.";
        }
    }

    public static NpgsqlConnectionStringBuilder Read(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !Schemes.Contains(url.Scheme, StringComparer.Ordinal))
        {
            return new NpgsqlConnectionStringBuilder(address);
        }

        var credentials = url.UserInfo.Split(':', 2);
        var read = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.IsDefaultPort || url.Port < 0 ? NpgsqlConnection.DefaultPort : url.Port,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(credentials[0]),
        };
        if (credentials.Length > 1)
        {
            read.Password = Uri.UnescapeDataString(credentials[1]);
        }

        foreach (var setting in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = setting.Split('=', 2);
            var key = Uri.UnescapeDataString(pair[0]);
            read[key == "sslmode" ? "SSL Mode" : key] = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "";
        }

        return read;
    }
}
