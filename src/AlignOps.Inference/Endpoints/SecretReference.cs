using System.Text.RegularExpressions;

namespace AlignOps.Inference.Endpoints;

/// <summary>Where a secret is to be had, never the secret: <c>env:NAME</c>, or <c>file:NAME</c> in the folder of secrets.</summary>
public static partial class SecretReference
{
    private const int LongestSecret = 8192;

    /// <summary>AlignOps' own secrets are for AlignOps: a definition must not be able to send them anywhere.</summary>
    private const string Own = "ALIGNOPS_";

    public static string? Fault(string reference) => reference switch
    {
        _ when Environment().Match(reference) is { Success: true } match =>
            match.Groups[1].Value.StartsWith(Own, StringComparison.OrdinalIgnoreCase) ? $"{reference} is one of AlignOps' own settings; name a variable of the endpoint's." : null,
        _ when File().IsMatch(reference) => null,
        _ => "A key is never written down here: give env:NAME (an environment variable) or file:NAME (a file in the folder of secrets, /run/secrets unless ALIGNOPS_SECRETS names another).",
    };

    /// <exception cref="SecretMissingException">It is not there, or is no key.</exception>
    public static string Read(string reference, ISecrets secrets)
    {
        if (Fault(reference) is { } fault) throw new SecretMissingException(fault);
        var name = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var (value, place) = reference.StartsWith("env:", StringComparison.Ordinal)
            ? (secrets.FromEnvironment(name), $"environment variable {name}")
            : (secrets.FromFile(name), $"secret file {name}");
        if (string.IsNullOrWhiteSpace(value)) throw new SecretMissingException($"The {place} is not set where evaluations run.");

        value = value.Trim();
        return value.Length <= LongestSecret && value.All(c => c is > ' ' and <= '~') ? value : throw new SecretMissingException($"What the {place} holds is no key: a key is one word of printable characters.");
    }

    [GeneratedRegex("^env:([A-Za-z_][A-Za-z0-9_]{0,127})$")]
    private static partial Regex Environment();

    [GeneratedRegex("^file:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$")]
    private static partial Regex File();
}
