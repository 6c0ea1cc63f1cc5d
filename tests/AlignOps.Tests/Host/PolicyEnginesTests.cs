using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
#if TORCH
using AlignOps.Models.Policies;
#endif

namespace AlignOps.Tests.Host;

public sealed class PolicyEnginesTests
{
    [Fact]
    public void Create_Default_IsTheManagedEngine() => Assert.Equal("cpu", PolicyEngines.Create(PolicyEngines.Default).Name);

    [Theory]
    [InlineData("tpu")]
    [InlineData("cpu:1")]
    [InlineData("")]
    public void Create_UnknownEngine_IsRefusedWithThoseThatThereAre(string engine)
    {
        CommandException refusal = Assert.Throws<CommandException>(() => PolicyEngines.Create(engine));
        Assert.Contains("cpu and torch", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(refusal.Message, new HostSettings("state", ".", Engine: engine).Faults());
    }

#if TORCH
    [Theory]
    [InlineData("torch:cpu")]
    [InlineData("torch:cpu:bf16")]
    public void Create_Torch_IsTheFlavourOfTheBuild(string engine)
    {
        IPolicyEngine torch = PolicyEngines.Create(engine);
        Assert.Equal("torch-cpu", torch.Name);
    }

    [Theory]
    [InlineData("torch:gpu", "gpu")]
    [InlineData("torch:cpu:fp16", "cpu:fp16")]
    public void Create_TorchWithUnknownDevice_IsRefusedByName(string engine, string named) =>
        Assert.Contains($"'{named}'", Assert.Throws<CommandException>(() => PolicyEngines.Create(engine)).Message, StringComparison.Ordinal);
#else
    [Fact]
    public void Create_TorchInABuildWithout_SaysHowToBuildIt()
    {
        CommandException refusal = Assert.Throws<CommandException>(() => PolicyEngines.Create("torch:cuda"));
        Assert.Contains("-p:Torch=", refusal.Message, StringComparison.Ordinal);
    }
#endif
}
