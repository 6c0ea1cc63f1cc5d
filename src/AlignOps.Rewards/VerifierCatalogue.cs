namespace AlignOps.Rewards;

/// <summary>The verifiers a process knows, by name: the generic ones and those registered by the host; pipeline.yaml names them.</summary>
public sealed class VerifierCatalogue(IEnumerable<IVerifier> verifiers)
{
    private readonly Dictionary<string, IVerifier> _byName = GenericVerifiers.All.Concat(verifiers).ToDictionary(v => v.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>The verifier of that name, or null: the caller answers with the names there are.</summary>
    public IVerifier? Find(string name) => _byName.GetValueOrDefault(name);
}
