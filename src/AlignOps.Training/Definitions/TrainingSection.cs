namespace AlignOps.Training.Definitions;

/// <summary>The section <c>training</c> of pipeline.yaml: the method and its recipe.</summary>
public sealed record TrainingSection
{
    public const string Champion = "champion";
    public const string Base = "base";
    public const string LowRank = "lora";
    public const string Full = "full";
    public const string Auto = "auto";
    public const string Always = "always";
    public const string Never = "never";
    public const string Last = "last";
    public const string Best = "best";

    /// <summary>A name of <see cref="TrainingMethods"/>.</summary>
    public string Method { get; init; } = "rrhf";

    /// <summary>Where a batch's run starts: <c>champion</c> continues its adapter, <c>base</c> begins a new one. Scheduled runs always begin a new one.</summary>
    public string Start { get; init; } = Champion;

    /// <summary>How often each row is seen.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Rows of one optimizer step.</summary>
    public int PromptsPerStep { get; init; } = 8;

    /// <summary>Tokens through the engine at once: memory and speed, not the result.</summary>
    public int MicroBatchTokens { get; init; } = 4096;

    /// <summary>
    /// Whether a pass runs its blocks again on the way back rather than keep what they found: memory for a third more time, and the same result. <c>auto</c> does where the
    /// training would not fit otherwise; or <c>always</c>, <c>never</c>.
    /// </summary>
    public string Recompute { get; init; } = Auto;

    /// <summary>The highest rate of the schedule.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary><c>constant</c>, <c>linear</c> or <c>cosine</c>.</summary>
    public string Schedule { get; init; } = "linear";

    /// <summary>Share of the steps in which the rate rises.</summary>
    public double WarmupRatio { get; init; } = 0.1;

    /// <summary>Limit of the global gradient norm; 0 is none.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>AdamW's decoupled decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>AdamW's decay of the gradient's mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>AdamW's decay of the gradient's square.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>AdamW's floor of the step's denominator.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Rows whose prompt and answer are longer are skipped and counted; the policy's own limit holds too.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>Added to the run's: another seed is another order and another initial adapter.</summary>
    public long Seed { get; init; }

    /// <summary>Optimizer steps between checkpoints, from which a training that was cut off goes on.</summary>
    public int CheckpointEvery { get; init; } = 50;

    /// <summary>NEFTune's noise on the embeddings while a method that imitates answers trains, 5 to 15 in the paper; 0 is none.</summary>
    public double NeftuneAlpha { get; init; }

    /// <summary>Optimizer steps between evaluations on the held-out rows; 0: at the end only.</summary>
    public int EvaluateEvery { get; init; }

    /// <summary>What early stopping and the best policy go by: <c>loss</c> (the method's own), <c>nll</c> of the best answers, or <c>accuracy</c> over pairs.</summary>
    public string Watch { get; init; } = "loss";

    /// <summary>Stops after this many evaluations in a row that are no better; 0: never.</summary>
    public int Patience { get; init; }

    /// <summary>The result is the policy at its <c>last</c> step or at its <c>best</c> evaluation.</summary>
    public string Keep { get; init; } = Last;

    /// <summary>What is trained: <c>lora</c>, or <c>full</c> for every weight, which <c>alignops train</c> alone does.</summary>
    public string Adapter { get; init; } = LowRank;

    /// <summary>The adapter's shape.</summary>
    public LoraSection Lora { get; init; } = new();

    /// <summary>Options of methods sft and dft.</summary>
    public SftSection Sft { get; init; } = new();

    /// <summary>Options of method coh.</summary>
    public CohSection Coh { get; init; } = new();

    /// <summary>Options of method c-rlft.</summary>
    public CRlftSection CRlft { get; init; } = new();

    /// <summary>Options of method second-thoughts.</summary>
    public SecondThoughtsSection SecondThoughts { get; init; } = new();

    /// <summary>Options of method selfee.</summary>
    public SelfeeSection Selfee { get; init; } = new();

    /// <summary>Options of method cut.</summary>
    public CutSection Cut { get; init; } = new();

    /// <summary>Options of method edits.</summary>
    public EditsSection Edits { get; init; } = new();

    /// <summary>Options of method fine-grained.</summary>
    public FineGrainedSection FineGrained { get; init; } = new();

    /// <summary>Options of method raft.</summary>
    public RaftSection Raft { get; init; } = new();

    /// <summary>Options of method reward.</summary>
    public RewardSection Reward { get; init; } = new();

    /// <summary>Options of method rrhf.</summary>
    public RrhfSection Rrhf { get; init; } = new();

    /// <summary>Options of dpo and its kin: cdpo, robust-dpo, hinge-dpo, ipo, dpo-norm, apo-zero, bco, sppo and rpo.</summary>
    public DpoSection Dpo { get; init; } = new();

    /// <summary>Options of method ipo beside those of dpo.</summary>
    public IpoSection Ipo { get; init; } = new();

    /// <summary>Options of method pro.</summary>
    public ProSection Pro { get; init; } = new();

    /// <summary>Options of method slic.</summary>
    public SlicSection Slic { get; init; } = new();

    /// <summary>Options of method orpo.</summary>
    public OrpoSection Orpo { get; init; } = new();

    /// <summary>Options of method simpo.</summary>
    public SimpoSection Simpo { get; init; } = new();

    /// <summary>Options of methods kto and apo-zero-unpaired.</summary>
    public KtoSection Kto { get; init; } = new();
}
