using AlignOps.Models.Adapters;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Torch;
using AlignOps.Tests.Models.Conformance;
using TorchSharp;

namespace AlignOps.Tests.ModelsTorch;

/// <summary>What is this engine's alone: its options, bf16, and memory that is given back.</summary>
public sealed class TorchEngineTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly PolicyConfig _config = TinyPolicies.Config("grouped-tied");

    [Theory]
    [InlineData("gpu", null, "gpu")]
    [InlineData("cuda:x", "bf16", "cuda:x")]
    [InlineData("cpu", "fp16", "fp16")]
    public void Engine_UnknownOption_IsRefusedByName(string device, string? dtype, string named)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new TorchPolicyEngine(new TorchOptions { Device = device, Dtype = dtype }));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bf16_LogProbabilitiesAndGradients_AreThoseOfFp32ToItsPrecision()
    {
        List<TokenSequence> sequences = [.. TinyPolicies.Sequences(_config, 3, 33, 12), .. TinyPolicies.Families(_config, 4, 9)];
        (float[] scores, float[] gradient) = Run("fp32");
        (float[] halfScores, float[] halfGradient) = Run("bf16");

        Assert.All(scores.Zip(halfScores), pair => Assert.Equal(pair.First, pair.Second, 0.15f));
        Assert.NotEqual(scores, halfScores);
        Assert.True(Cosine(gradient, halfGradient) > 0.995, $"cosine {Cosine(gradient, halfGradient)}");

        (float[] Scores, float[] Gradient) Run(string dtype)
        {
            var engine = new TorchPolicyEngine(new TorchOptions { Device = TorchUnderTest.Device, Dtype = dtype });
            if (!Directory.Exists(_directory["base"]))
            {
                using ITrainablePolicy whole = engine.Create(_config, seed: 1);
                whole.Save(_directory["base"]);
            }

            using ITrainablePolicy policy = engine.LoadForAdapterTraining(_directory["base"], null, new LoraConfig(Rank: 4), seed: 2);
            using IForwardPass pass = policy.Forward(sequences);
            pass.Backward(TinyPolicies.Gradients(pass.LogProbabilities, 5));
            return ([.. pass.LogProbabilities.SelectMany(s => s)], [.. policy.Parameters.SelectMany(p => p.Gradient.ToArray())]);
        }
    }

    [Fact]
    public void SameSeed_TwoTrainings_GiveTheSameBits()
    {
        float[][] first = Train(), second = Train();
        Assert.Equal(first, second);

        float[][] Train()
        {
            using ITrainablePolicy policy = TorchUnderTest.Create().Create(_config, seed: 4);
            using IForwardPass pass = policy.Forward(TinyPolicies.Sequences(_config, 21, 30, 5, 70));
            pass.Backward(TinyPolicies.Gradients(pass.LogProbabilities, 5));
            return [.. pass.LogProbabilities, .. policy.Parameters.Select(p => p.Gradient.ToArray())];
        }
    }

    [Fact]
    public void Calls_WhenTheirPolicyIsDisposed_LeaveNoTensor()
    {
        Work();
        long before = Alive();

        Work();

        Assert.Equal(before, Alive());

        void Work()
        {
            using ITrainablePolicy policy = TorchUnderTest.Create().Create(_config, seed: 4);
            List<TokenSequence> sequences = TinyPolicies.Sequences(_config, 21, 30, 5, 70);
            policy.Score(sequences);
            policy.Generate(TinyPolicies.Requests(_config, 9));
            Assert.ThrowsAny<OperationCanceledException>(() => policy.Generate([new GenerationRequest([1, 2], 40, 1, 1, 0)], new CancellationToken(canceled: true)));
            using (IForwardPass unused = policy.Forward(sequences), pass = policy.Forward(sequences))
            {
                pass.Backward(TinyPolicies.Gradients(pass.LogProbabilities, 5));
            }
        }

        // Tensors that neither a scope nor a policy disposes would only go with a collection. Other tests run on other threads.
        static long Alive() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
    }

    /// <summary>TorchSharp makes a scalar of a number in passing; one that nothing holds is freed by a collection while libtorch reads it.</summary>
    [Fact]
    public void Calls_WhileTheCollectorRuns_GiveTheSame()
    {
        using ITrainablePolicy policy = TorchUnderTest.Create().Create(_config, seed: 4);
        List<TokenSequence> sequences = TinyPolicies.Sequences(_config, 21, 30, 5, 70);
        IReadOnlyList<float[]> expected = policy.Score(sequences);
        using var done = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            for (int round = 0; round < 60; round++)
            {
                using IForwardPass pass = policy.Forward(sequences);
                pass.Backward(TinyPolicies.Gradients(pass.LogProbabilities, 5));
                Assert.Equal(expected, policy.Score(sequences));
                policy.Generate([new GenerationRequest([1, 2], 8, 0, 1, 0)]);
            }
        }
        finally
        {
            done.Cancel();
            collector.Join();
        }
    }

    public void Dispose() => _directory.Dispose();

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(y => (double)y * y));
}
