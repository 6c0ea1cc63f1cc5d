namespace AlignOps.Models.Policies;

/// <summary>A policy with parameters to train: all of its own, or an adapter's only. Knows nothing of objectives or optimizers.</summary>
public interface ITrainablePolicy : IPolicyModel
{
    /// <summary>The trainable parameters in a stable order; their gradients accumulate until zeroed.</summary>
    IReadOnlyList<TrainableParameter> Parameters { get; }

    /// <summary>Runs forward and keeps what backward needs. Dispose the pass to free it.</summary>
    IForwardPass Forward(IReadOnlyList<TokenSequence> sequences, PassOptions? options = null);

    /// <summary>Runs <paramref name="task"/> for each number below <paramref name="count"/>, on the engine's workers where it lends them; not while a pass runs.</summary>
    void Share(int count, Action<int> task)
    {
        for (int i = 0; i < count; i++)
        {
            task(i);
        }
    }

    /// <summary>Writes the trained adapter as a PEFT directory, or the whole checkpoint where there is no adapter.</summary>
    void Save(string directory);
}
