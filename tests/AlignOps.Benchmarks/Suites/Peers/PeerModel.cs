using AlignOps.Models.Policies;

namespace AlignOps.Benchmarks.Suites.Peers;

/// <summary>A decoder that the peer is to hold, and what one round of it is.</summary>
internal sealed record PeerModel(string Id, string Kind, PolicyConfig Config)
{
    public int Sequences { get; private init; }

    /// <summary>Tokens of a sequence; of a prompt where it generates.</summary>
    public int Length { get; private init; }

    /// <summary>Tokens to generate.</summary>
    public int Tokens { get; private init; }

    /// <summary>Rank of the adapters; 0 trains everything.</summary>
    public int Rank { get; private init; }

    /// <summary>Rounds by which the peer chooses among its variants.</summary>
    public int TuneRounds { get; init; } = 3;

    /// <summary>A round is one optimizer step of all parameters.</summary>
    public static PeerModel Training(string id, PolicyConfig config, int sequences, int length) => new(id, "train", config) { Sequences = sequences, Length = length };

    /// <summary>A round is one optimizer step of adapters on all linear layers.</summary>
    public static PeerModel Lora(string id, PolicyConfig config, int sequences, int length, int rank) => new(id, "lora", config) { Sequences = sequences, Length = length, Rank = rank };

    /// <summary>A round continues every prompt greedily.</summary>
    public static PeerModel Generation(string id, PolicyConfig config, int prompts, int length, int tokens) =>
        new(id, "generate", config) { Sequences = prompts, Length = length, Tokens = tokens };

    public object Request(int threads) => new
    {
        op = "open",
        id = Id,
        kind = Kind,
        threads,
        shape = new
        {
            vocab = Config.VocabSize,
            hidden = Config.HiddenSize,
            intermediate = Config.IntermediateSize,
            layers = Config.LayerCount,
            heads = Config.HeadCount,
            kvHeads = Config.KeyValueHeadCount,
            headDim = Config.HeadDim,
            tied = Config.TieWordEmbeddings,
        },
        sequences = Sequences,
        length = Length,
        prompt = Length,
        tokens = Tokens,
        rank = Rank,
        tuneRounds = TuneRounds,
    };
}
