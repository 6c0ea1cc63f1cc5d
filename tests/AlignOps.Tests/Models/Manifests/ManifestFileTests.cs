using AlignOps.Models.Manifests;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Manifests;

public sealed class ManifestFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AfterWrite_GivesTheManifestBack()
    {
        var manifest = new ModelManifest
        {
            Kind = ModelManifest.Adapter, Base = "sha256:b", Weights = "sha256:w", Dataset = "d", Start = new ModelSource("sha256:b", "sha256:a"),
            Reference = new ModelSource("sha256:b", null), Method = "dpo", Seed = -7, Engine = "cpu", Steps = 3, Tokens = 4_000_000_000, Metrics = "sha256:m",
        };
        ManifestFile.Write(_folder.Path, manifest);

        Assert.Equal(manifest, ManifestFile.Read(_folder.Path));
        string text = File.ReadAllText(_folder.File("alignops.json"));
        Assert.Contains("\"tokens\": 4000000000", text, StringComparison.Ordinal);
        Assert.DoesNotContain("merged_adapter", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoManifest_IsNull() => Assert.Null(ManifestFile.Read(_folder.Path));

    [Fact]
    public void Read_KeyOfALaterVersion_IsLetBe()
    {
        File.WriteAllText(_folder.File("alignops.json"), """{"kind":"adapter","base":"b","weights":"w","mood":"good"}""");
        Assert.Equal("b", ManifestFile.Read(_folder.Path)!.Base);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"kind":"adapter","base":"b"}""")]
    [InlineData("""{"kind":"adapter","base":null,"weights":"w"}""")]
    [InlineData("""{"kind":"adapter","base":"b","weights":"w","seed":"seven"}""")]
    public void Read_WhatIsNoManifest_IsRefused(string text)
    {
        File.WriteAllText(_folder.File("alignops.json"), text);
        Assert.Equal(ManifestFile.Unreadable, Assert.Throws<ModelFormatException>(() => ManifestFile.Read(_folder.Path)).Reason);
    }
}
