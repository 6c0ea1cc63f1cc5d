using System.Text.Json;
using AlignOps.Contracts.Evidence;

namespace AlignOps.Tests.Promotion;

public sealed class EvidenceFileTests
{
    private static readonly string Text = new EvidenceBuilder(1)
        .Preference(3, new Dictionary<string, string[]> { ["facts"] = ["polite", "grounded"] }, (_, _) => 0.5, unscored: 0.5).Regression(2, 0.5, 0.5).Build().Write();

    [Fact]
    public void Write_WhatWasRead_GivesTheSameBytes()
    {
        Assert.Equal(Text, EvidenceFile.Read(Text).Write());
        Assert.Equal(1 + 3 + 2 * 4, Text.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{}", "line 1")]
    [InlineData("null", "line 1")]
    [InlineData("{\"version\":1,\"runId\":\"r\",\"suites\":null}", "line 1")]
    public void Read_NoHeader_TellsTheLine(string text, string told) =>
        Assert.Contains(told, Assert.Throws<JsonException>(() => EvidenceFile.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ABrokenItemOrAnotherVersion_TellsIt()
    {
        Assert.Contains("line 3", Assert.Throws<JsonException>(() => EvidenceFile.Read(string.Join('\n', Text.Split('\n')[..2]) + "\n{")).Message, StringComparison.Ordinal);
        Assert.Contains("version 2", Assert.Throws<JsonException>(() => EvidenceFile.Read(Text.Replace("{\"version\":1", "{\"version\":2", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }
}
