using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;

namespace AlignOps.Platform.Hosting;

/// <summary>The services that registered anything: a process may host each of them.</summary>
internal sealed class RoleCatalog(IEnumerable<HandlerRegistration> handlers, IEnumerable<RoleRegistration> roles, IEnumerable<Migration> migrations)
{
    public IReadOnlyList<string> Known { get; } = handlers.Select(handler => handler.Service)
        .Concat(roles.Select(role => role.Service))
        .Concat(migrations.Select(migration => migration.Service))
        .Where(service => service != PlatformMigrations.Service)
        .Distinct()
        .Order(StringComparer.Ordinal)
        .ToArray();

    /// <exception cref="StartRefusedException">A role is asked for that no service has.</exception>
    public void Refuse(IReadOnlyList<string> asked)
    {
        if (asked.FirstOrDefault(role => !Known.Contains(role)) is { } unknown)
        {
            throw new StartRefusedException("unknown-role", $"There is no role '{unknown}'; choose of {string.Join(", ", Known)}.");
        }
    }
}
