using System.IO.Compression;
using System.Text;
using AlignOps.Data.Content;

namespace AlignOps.Tests.Data;

public sealed class ContentStreamTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"line {i} {i * 7919 % 5003}")));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5000)]
    public async Task Open_PlainContent_IsReadAsItIs(int length) => Assert.Equal(Text[..length], await ReadAll(Text[..length]));

    [Fact]
    public async Task Open_Gzip_IsUnpacked() => Assert.Equal(Text, await ReadAll(Gzip(Text)));

    [Fact]
    public async Task Open_GzipOfSeveralMembers_AllAreUnpacked() =>
        Assert.Equal(Text, await ReadAll([.. Gzip(Text[..1000]), .. Gzip(Text[1000..])]));

    [Fact]
    public async Task Open_GzipCutShort_IsAFaultAndNotAShorterBatch()
    {
        var packed = Gzip(Text);
        foreach (var length in Enumerable.Range(2, 40).Concat(Enumerable.Range(packed.Length - 40, 40)).Append(packed.Length / 2))
        {
            var fault = await Assert.ThrowsAsync<ContentException>(() => ReadAll(packed[..length]));
            Assert.Equal(ContentException.CorruptGzip, fault.Code);
        }
    }

    [Fact]
    public async Task Open_GzipWithAFlippedByte_IsAFault()
    {
        var packed = Gzip(Text);
        packed[packed.Length / 2] ^= 0xFF;

        Assert.Equal(ContentException.CorruptGzip, (await Assert.ThrowsAsync<ContentException>(() => ReadAll(packed))).Code);
    }

    [Fact]
    public async Task Open_ZipBomb_StopsEarly()
    {
        var packed = Gzip(new byte[8 << 20]);
        var limits = new ContentLimits { RatioFreeBytes = 1 << 20, Ratio = 50 };

        Assert.Equal(ContentException.ZipBomb, (await Assert.ThrowsAsync<ContentException>(() => ReadAll(packed, limits))).Code);
        Assert.Equal(8 << 20, (await ReadAll(packed)).Length);
    }

    [Fact]
    public async Task Open_ContentOverTheLimit_IsAFaultPackedOrNot()
    {
        var limits = new ContentLimits { Bytes = Text.Length - 1 };

        Assert.Equal(ContentException.TooLarge, (await Assert.ThrowsAsync<ContentException>(() => ReadAll(Text, limits))).Code);
        Assert.Equal(ContentException.TooLarge, (await Assert.ThrowsAsync<ContentException>(() => ReadAll(Gzip(Text), limits))).Code);
        Assert.Equal(Text, await ReadAll(Text, limits with { Bytes = Text.Length }));
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static async Task<byte[]> ReadAll(byte[] source, ContentLimits? limits = null)
    {
        await using var content = await ContentStream.OpenAsync(new MemoryStream(source), limits ?? ContentLimits.Default, CancellationToken.None);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }
}
