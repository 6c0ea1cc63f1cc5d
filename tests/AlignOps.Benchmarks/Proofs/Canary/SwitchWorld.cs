using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;

namespace AlignOps.Benchmarks.Proofs.Canary;

/// <summary>A tiny base and two adapters that answer with nothing but yes and nothing but no, so that a mixed answer shows.</summary>
internal sealed record SwitchWorld(string Pipelines, string Base, string YesAdapter, string NoAdapter)
{
    private const int Words = 8;

    public static readonly string Yes = Long("yes");
    public static readonly string No = Long("no");

    public static async Task<SwitchWorld> WriteAsync(ProofFolder folder, CancellationToken cancellationToken)
    {
        var pipelines = TinyWorld.WritePipeline(folder.Below("pipelines"));
        var directory = await TinyWorld.WriteBaseAsync(folder.Below("base"), cancellationToken, Yes, No);
        return new SwitchWorld(
            pipelines, directory,
            await TinyWorld.WriteAdapterAsync(directory, folder.Below("yes"), Yes, cancellationToken),
            await TinyWorld.WriteAdapterAsync(directory, folder.Below("no"), No, cancellationToken));
    }

    private static string Long(string word) => string.Join(' ', Enumerable.Repeat(word, Words));
}
