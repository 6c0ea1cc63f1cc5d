using AlignOps.Models.Policies;
using AlignOps.Models.Torch;
using AlignOps.Tests.Models.Conformance;

namespace AlignOps.Tests.ModelsTorch;

public sealed class TorchGradientTests : GradientConformance<TorchUnderTest>;

public sealed class TorchFileTests : FileConformance<TorchUnderTest>;

public sealed class TorchGenerationTests : GenerationConformance<TorchUnderTest>;

public sealed class TorchListenerTests : ListenerConformance<TorchUnderTest>;

public sealed class TorchFamilyTests : FamilyConformance<TorchUnderTest>;

public sealed class TorchNoiseTests : NoiseConformance<TorchUnderTest>;

public sealed class TorchRewardTests : RewardConformance<TorchUnderTest>;

public sealed class TorchTrainingTests : TrainingConformance<TorchUnderTest>;

/// <summary>TorchSharp in fp32, on the device that ALIGNOPS_TEST_DEVICE names, or the processor.</summary>
public sealed class TorchUnderTest : IEngineUnderTest
{
    public static double ScoreTolerance => 3e-5;

    public static double FamilyScoreTolerance => 3e-5;

    public static double GradientTolerance => 2e-4;

    public static double WeightTolerance => 2e-5;

    public static string Device => Environment.GetEnvironmentVariable("ALIGNOPS_TEST_DEVICE") ?? "cpu";

    public static IPolicyEngine Create() => new TorchPolicyEngine(new TorchOptions { Device = Device, Dtype = "fp32" });
}
