using AlignOps.Platform.Access;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.Options;

namespace AlignOps.Platform.Hosting;

/// <summary>Names every fault at once, so that a start is corrected in one go.</summary>
internal sealed class PlatformOptionsValidator : IValidateOptions<PlatformOptions>
{
    public ValidateOptionsResult Validate(string? name, PlatformOptions options)
    {
        var faults = Faults(options).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(PlatformOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataFolder))
        {
            yield return "DataFolder is empty; name a folder this process may write to.";
        }

        if (options.UsesPostgres && PostgresAddress.Fault(options.Database!) is { } database)
        {
            yield return $"Database {database}";
        }

        if (options.UsesRabbitMq && RabbitMqAddress.Fault(options.Bus!) is { } bus)
        {
            yield return $"Bus {bus}";
        }

        if (options.Workers is < 1 or > 256)
        {
            yield return $"Workers is {options.Workers}; it must be between 1 and 256.";
        }

        if (options.Lease < TimeSpan.FromSeconds(3) || options.Lease > TimeSpan.FromHours(1))
        {
            yield return $"Lease is {options.Lease}; it must be between 3 seconds and 1 hour.";
        }

        if (options.BusPatience < TimeSpan.FromSeconds(1) || options.BusPatience > TimeSpan.FromHours(1))
        {
            yield return $"BusPatience is {options.BusPatience}; it must be between 1 second and 1 hour.";
        }

        if (options.HandlerLimit < TimeSpan.FromSeconds(1) || options.HandlerLimit > TimeSpan.FromHours(1))
        {
            yield return $"HandlerLimit is {options.HandlerLimit}; it must be between 1 second and 1 hour.";
        }

        if (options.StartPatience < TimeSpan.FromSeconds(1) || options.StartPatience > TimeSpan.FromHours(1))
        {
            yield return $"StartPatience is {options.StartPatience}; it must be between 1 second and 1 hour.";
        }

        if (string.IsNullOrWhiteSpace(options.WorkerId))
        {
            yield return "WorkerId is empty; leave it out or name this process uniquely.";
        }

        if (options.AdminKey is { } key && (!key.StartsWith(AccessKeys.Prefix, StringComparison.Ordinal) || key.Length < AccessKeys.Prefix.Length + 32))
        {
            yield return "AdminKey is not a key; make one with: echo ao_$(openssl rand -hex 32).";
        }

        foreach (var role in options.Roles.Where(string.IsNullOrWhiteSpace))
        {
            yield return $"Roles holds the blank name '{role}'; name a service or leave the list empty for all of them.";
        }
    }
}
