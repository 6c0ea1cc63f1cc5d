namespace AlignOps.Rewards.Sandbox;

/// <summary>Whether programs can be run safely here, and what protects the machine from them.</summary>
/// <param name="Refusal">Why nothing is run: a name such as <c>no-user-namespaces</c>, a colon and a sentence. Null where programs are run.</param>
/// <param name="Guards">Protections that were found to be on, in ordinal order, such as <c>network-namespace</c>.</param>
public sealed record SandboxProtection(string? Refusal, IReadOnlyList<string> Guards)
{
    public bool Available => Refusal is null;

    internal static SandboxProtection None(string name, string sentence) => new($"{name}: {sentence}", []);
}
