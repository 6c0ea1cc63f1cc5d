using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Tests.Models.Conformance;

namespace AlignOps.Tests.ModelsCpu;

public sealed class CpuGradientTests : GradientConformance<CpuUnderTest>;

public sealed class CpuFileTests : FileConformance<CpuUnderTest>;

public sealed class CpuGenerationTests : GenerationConformance<CpuUnderTest>;

public sealed class CpuListenerTests : ListenerConformance<CpuUnderTest>;

public sealed class CpuFamilyTests : FamilyConformance<CpuUnderTest>;

public sealed class CpuNoiseTests : NoiseConformance<CpuUnderTest>;

public sealed class CpuRewardTests : RewardConformance<CpuUnderTest>;

public sealed class CpuTrainingTests : TrainingConformance<CpuUnderTest>;

public sealed class CpuEngineTests
{
    [Fact]
    public void Create_WithoutThreads_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new CpuPolicyEngine(0));
}

/// <summary>The managed engine computes in fp32.</summary>
public sealed class CpuUnderTest : IEngineUnderTest
{
    public static double ScoreTolerance => 2e-5;

    public static double FamilyScoreTolerance => 1e-5;

    public static double GradientTolerance => 1e-4;

    public static double WeightTolerance => 1e-5;

    public static IPolicyEngine Create() => new CpuPolicyEngine(threads: 2);
}
