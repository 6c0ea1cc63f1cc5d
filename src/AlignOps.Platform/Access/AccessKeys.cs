using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Platform.Access;

/// <summary>Keys of 256 random bits. The database holds their SHA-256, so reading it gives nobody a key.</summary>
internal sealed partial class AccessKeys(IDatabase database, TimeProvider time) : IAccessKeys
{
    public const string Prefix = "ao_";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private volatile Snapshot? _snapshot;

    /// <summary>A name with its role.</summary>
    internal sealed record Caller(string Name, AccessRole Role);

    private sealed record StoredKey(string Name, string Role, string KeyHash, string CreatedBy, long CreatedAt);

    private sealed record Snapshot(long TakenAt, IReadOnlyList<StoredKey> Keys);

    public async Task<(string? Key, AccessFault? Fault)> CreateAsync(string name, AccessRole role, string createdBy, CancellationToken cancellationToken)
    {
        if (!SoundName().IsMatch(name))
        {
            return (null, new AccessFault("bad-key-name", "A key's name has 1 to 64 letters, digits, dots, dashes or underscores, and is not 'local'."));
        }

        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var fault = await database.WriteAsync<AccessFault?>(
            async (work, token) =>
            {
                await work.TakeTurnAsync("access", token);
                if (role != AccessRole.Admin && await CountAdminsAsync(work) == 0)
                {
                    return new AccessFault("first-key-is-admin", "The first key must be an admin's: once a key exists, only an admin can make more.");
                }

                var added = await work.Connection.ExecuteAsync(
                    """
                    insert into platform_access_key(name, role, key_hash, created_by, created_at) values (@name, @role, @hash, @createdBy, @now)
                    on conflict (name) do nothing
                    """,
                    new { name, role = role.ToString(), hash = Hash(key), createdBy, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                    work.Transaction);
                return added == 1 ? null : new AccessFault("key-name-taken", $"There is a key named {name}; delete it first, or choose another name.");
            },
            cancellationToken);
        _snapshot = null;
        return fault is null ? (key, null) : (null, fault);
    }

    public async Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken) =>
        (await LoadAsync(cancellationToken))
        .Select(Listed)
        .ToArray();

    public async Task<AccessFault?> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync<AccessFault?>(
            async (work, token) =>
            {
                await work.TakeTurnAsync("access", token);
                var others = await work.Connection.QueryAsync<string>("select role from platform_access_key where name <> @name", new { name }, work.Transaction);
                if (others.AsList() is { Count: > 0 } left && !left.Contains(nameof(AccessRole.Admin)))
                {
                    return new AccessFault("last-admin-key", $"{name} is the last admin key and others would outlive it; make another admin key first.");
                }

                var deleted = await work.Connection.ExecuteAsync("delete from platform_access_key where name = @name", new { name }, work.Transaction);
                return deleted == 1 ? null : new AccessFault("no-such-key", $"There is no key named {name}.");
            },
            cancellationToken);
        _snapshot = null;
        return fault;
    }

    /// <summary>Sees to it that this key is an admin's. Processes that start together may all say so.</summary>
    internal async Task EnsureAdminAsync(string key, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            (work, token) => work.Connection.ExecuteAsync(new CommandDefinition(
                """
                insert into platform_access_key(name, role, key_hash, created_by, created_at) values ('bootstrap', @role, @hash, 'configuration', @now)
                on conflict (name) do update set key_hash = excluded.key_hash
                """,
                new { role = nameof(AccessRole.Admin), hash = Hash(key), now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                work.Transaction,
                cancellationToken: token)),
            cancellationToken);
        _snapshot = null;
    }

    public async Task<bool> AnyAsync(CancellationToken cancellationToken) => (await CurrentAsync(cancellationToken)).Count > 0;

    /// <summary>Whose key this is, or null. Compares with every key in constant time.</summary>
    public async Task<AccessKey?> IdentifyAsync(string key, CancellationToken cancellationToken)
    {
        var hash = Encoding.ASCII.GetBytes(Hash(key));
        StoredKey? found = null;
        foreach (var stored in await CurrentAsync(cancellationToken))
        {
            if (CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(stored.KeyHash)))
            {
                found = stored;
            }
        }

        return found is null ? null : Listed(found);
    }

    internal async Task<Caller?> FindAsync(string key, CancellationToken cancellationToken) =>
        await IdentifyAsync(key, cancellationToken) is { } known ? new Caller(known.Name, known.Role) : null;

    private async Task<IReadOnlyList<StoredKey>> CurrentAsync(CancellationToken cancellationToken)
    {
        if (_snapshot is { } known && time.GetElapsedTime(known.TakenAt) < Fresh)
        {
            return known.Keys;
        }

        var taken = time.GetTimestamp();
        var keys = await LoadAsync(cancellationToken);
        _snapshot = new Snapshot(taken, keys);
        return keys;
    }

    private async Task<IReadOnlyList<StoredKey>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return (await connection.QueryAsync<StoredKey>(
            """
            select name as "Name", role as "Role", key_hash as "KeyHash", created_by as "CreatedBy", created_at as "CreatedAt"
            from platform_access_key
            order by name
            """)).AsList();
    }

    private static async Task<long> CountAdminsAsync(IUnitOfWork work) =>
        await work.Connection.ExecuteScalarAsync<long>("select count(*) from platform_access_key where role = @role", new { role = nameof(AccessRole.Admin) }, work.Transaction);

    private static AccessKey Listed(StoredKey key) => new(key.Name, Enum.Parse<AccessRole>(key.Role), key.CreatedBy, DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt));

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    [GeneratedRegex(@"^(?!local$)[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex SoundName();
}
