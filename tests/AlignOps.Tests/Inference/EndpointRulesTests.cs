using AlignOps.Inference.Endpoints;

namespace AlignOps.Tests.Inference;

public sealed class EndpointRulesTests
{
    [Theory]
    [InlineData("https://models.example/v1", false)]
    [InlineData("http://127.0.0.1:8000/v1", false)]
    [InlineData("http://localhost:8000/v1", false)]
    [InlineData("http://[::1]:8000/v1", false)]
    [InlineData("http://vllm:8000/v1", true)]
    public void Faults_AnAllowedAddress_AreNone(string url, bool allowHttp) =>
        Assert.Empty(EndpointRules.Faults(new EndpointOptions(EndpointProvider.Compatible, url, "m", null, false, allowHttp)));

    [Theory]
    [InlineData("", "No address")]
    [InlineData("models.example/v1", "no http or https")]
    [InlineData("file:///etc/passwd", "no http or https")]
    [InlineData("http://models.example/v1", "plain HTTP")]
    [InlineData("https://me:secret@models.example/v1", "name or password")]
    [InlineData("https://models.example/v1?key=secret", "query")]
    [InlineData("https://169.254.169.254/v1", "link-local")]
    [InlineData("https://[fe80::1]/v1", "link-local")]
    [InlineData("https://[::ffff:169.254.169.254]/v1", "link-local")]
    public void Faults_AnotherAddress_IsToldAndNeverWithItsSecret(string url, string part)
    {
        var fault = Assert.Single(EndpointRules.Faults(new EndpointOptions(EndpointProvider.Compatible, url, "m", null, false, false)));
        Assert.Equal("url", fault.Key);
        Assert.Contains(part, fault.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_OfAnAzureAddressThatIsNotTheV1Endpoint_GiveTheOneThatIs()
    {
        var fault = Assert.Single(EndpointRules.Faults(new EndpointOptions(EndpointProvider.Azure, "https://x.openai.azure.com/openai/deployments/m", "m", null, true, false)));
        Assert.Contains("https://x.openai.azure.com/openai/v1", fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_OfSignIn_NameTheKey()
    {
        Assert.Equal("key", Assert.Single(EndpointRules.Faults(new EndpointOptions(EndpointProvider.Openai, null, "m", null, false, false))).Key);
        Assert.Equal(["entra"], EndpointRules.Faults(new EndpointOptions(EndpointProvider.Azure, "https://x.openai.azure.com/openai/v1", "m", "env:K", true, false)).Select(fault => fault.Key));
        Assert.Equal(["entra", "key"], EndpointRules.Faults(new EndpointOptions(EndpointProvider.Openai, null, "m", "sk-12345", true, false)).Select(fault => fault.Key).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(EndpointRules.Faults(new EndpointOptions(EndpointProvider.Azure, "https://x.openai.azure.com/openai/v1", "m", null, true, false)));
    }

    [Theory]
    [InlineData("sk-verysecret")]
    [InlineData("env:")]
    [InlineData("env:A B")]
    [InlineData("file:../keys/a")]
    [InlineData("file:/etc/passwd")]
    [InlineData("file:.hidden")]
    public void Fault_OfWhatIsNoReference_DoesNotRepeatIt(string reference) => Assert.DoesNotContain("verysecret", SecretReference.Fault(reference)!, StringComparison.Ordinal);

    [Theory]
    [InlineData("env:ALIGNOPS_ADMIN_KEY"), InlineData("env:alignops_database")]
    public void Fault_OfAlignOpsOwnSettings_IsToldSoThatNoDefinitionSendsThemAway(string reference) => Assert.NotNull(SecretReference.Fault(reference));

    [Fact]
    public void Read_WhatIsThere_IsTrimmedAndWhatIsNot_NamesThePlaceAlone()
    {
        var secrets = new Secrets(new Dictionary<string, string> { ["GOOD"] = " sk-1\n", ["BROKEN"] = "sk-1\nX-Evil: 2" });
        Assert.Equal("sk-1", SecretReference.Read("env:GOOD", secrets));
        Assert.Equal("sk-1", SecretReference.Read("file:GOOD", secrets));
        Assert.Contains("environment variable NONE is not set", Assert.Throws<SecretMissingException>(() => SecretReference.Read("env:NONE", secrets)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-1", Assert.Throws<SecretMissingException>(() => SecretReference.Read("env:BROKEN", secrets)).Message, StringComparison.Ordinal);
    }

    internal sealed class Secrets(IReadOnlyDictionary<string, string> values) : ISecrets
    {
        public string? FromEnvironment(string name) => values.GetValueOrDefault(name);

        public string? FromFile(string name) => values.GetValueOrDefault(name);
    }
}
