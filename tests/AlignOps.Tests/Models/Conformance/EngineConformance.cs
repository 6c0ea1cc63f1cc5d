using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>What every engine owes, whatever it runs on. Each class of the suite has one heir an engine.</summary>
public abstract class EngineConformance<TEngine> : IDisposable
    where TEngine : IEngineUnderTest
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Shapes => TinyPolicies.Shapes;

    protected IPolicyEngine Engine { get; } = TEngine.Create();

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string Folder(string name) => _directory[name];

    /// <summary>Moves norms off one and adapters' B off zero, so that nothing is multiplied by a constant unseen.</summary>
    protected static void Nudge(ITrainablePolicy policy)
    {
        var random = new RandomStream(99);
        foreach (TrainableParameter parameter in policy.Parameters)
        {
            foreach (ref float value in parameter.Value.Span)
            {
                value += (float)(0.1 * random.NextNormal());
            }
        }
    }

    protected static void AssertScores(IEnumerable<double> expected, IEnumerable<float> found)
    {
        double[] wanted = [.. expected];
        float[] given = [.. found];
        Assert.Equal(wanted.Length, given.Length);
        Assert.All(wanted.Zip(given), pair => Assert.Equal(pair.First, pair.Second, TEngine.ScoreTolerance));
    }

    protected static void AssertScores(IReadOnlyList<float[]> expected, IReadOnlyList<float[]> found)
    {
        Assert.Equal(expected.Select(s => s.Length), found.Select(s => s.Length));
        AssertScores(expected.SelectMany(s => s).Select(s => (double)s), found.SelectMany(s => s));
    }
}
