using System.Buffers.Binary;
using System.Text;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Tests.Models;

public sealed class SafetensorsTests : IDisposable
{
    private const string GoldenHeader =
        """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b.weight":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""";

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("t.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_TwoTensors_GivesTheFormatsBytes()
    {
        SafetensorsWriter.Write(Path, [new("b.weight", [], new[] { -2f }), new("a", [2, 1], new[] { 1f, 0.5f })]);

        // 147 bytes of JSON are padded to 152 = 0x98; 1.0 is 3F800000, 0.5 is 3F000000, -2 is C0000000, little-endian.
        byte[] expected =
        [
            0x98, 0, 0, 0, 0, 0, 0, 0,
            .. Encoding.UTF8.GetBytes(GoldenHeader.PadRight(152)),
            0, 0, 0x80, 0x3F, 0, 0, 0, 0x3F, 0, 0, 0, 0xC0,
        ];
        Assert.Equal(expected, File.ReadAllBytes(Path));
    }

    [Fact]
    public void Read_EachDtype_GivesTheSameNumbers()
    {
        // 1, -2 and 2^-24 (fp16's smallest subnormal) written by hand.
        Store(
            """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]},"z":{"dtype":"F16","shape":[3],"data_offsets":[12,18]}}""",
            [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0x80, 0x3F, 0x00, 0xC0, 0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00]);

        using SafetensorsFile file = SafetensorsFile.Open(Path);

        Assert.Equal([1f, -2f], Values(file, "x"));
        Assert.Equal([1f, -2f], Values(file, "y"));
        Assert.Equal([1f, -2f, MathF.ScaleB(1, -24)], Values(file, "z"));
        Assert.Empty(file.Metadata);
    }

    [Theory]
    [InlineData(1.00390625f, 1f)] // half way between 1 and 1.0078125: to the even mantissa
    [InlineData(1.01171875f, 1.015625f)] // half way, the even one is above
    [InlineData(1.004f, 1.0078125f)]
    [InlineData(-1.00390625f, -1f)]
    [InlineData(float.MaxValue, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(0f, 0f)]
    public void Write_BFloat16_RoundsToNearestEven(float value, float expected)
    {
        SafetensorsWriter.Write(Path, [new("x", [1], new[] { value })], TensorDtype.BF16);

        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.Equal(expected, Assert.Single(Values(file, "x")));
    }

    [Fact]
    public void Write_NaNWithLowPayload_StaysNaNInBFloat16()
    {
        SafetensorsWriter.Write(Path, [new("x", [1], new[] { BitConverter.UInt32BitsToSingle(0x7F800001) })], TensorDtype.BF16);

        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.True(float.IsNaN(Values(file, "x")[0]));
    }

    [Fact]
    public void Write_AnyOrder_GivesTheSameBytes()
    {
        NamedTensor[] tensors = TinyModels.Tensors(TinyModels.Config);
        SafetensorsWriter.Write(Path, tensors);
        byte[] first = File.ReadAllBytes(Path);
        SafetensorsWriter.Write(Path, [.. tensors.Reverse()]);

        Assert.Equal(first, File.ReadAllBytes(Path));
    }

    [Fact]
    public void ReadAfterWrite_RandomTensors_IsExactInF32()
    {
        NamedTensor[] tensors = TinyModels.Tensors(TinyModels.Config);
        SafetensorsWriter.Write(Path, tensors, metadata: new Dictionary<string, string> { ["step"] = "7", ["note"] = "é\"\\" });

        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.All(tensors, t => Assert.Equal(t.Values.ToArray(), Values(file, t.Name)));
        Assert.Equal("7", file.Metadata["step"]);
        Assert.Equal("é\"\\", file.Metadata["note"]);
    }

    [Fact]
    public void Open_ZeroSizedTensor_IsFine()
    {
        SafetensorsWriter.Write(Path, [new("a", [0, 3], Array.Empty<float>()), new("b", [1], new[] { 3f })]);

        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.Empty(Values(file, "a"));
        Assert.Equal([3f], Values(file, "b"));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "belong to none")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 8, "ends at byte 16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 8, "begin ≤ end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 8, "non-negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "begin ≤ end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""", 8, "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "non-negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999],"data_offsets":[0,8]}}""", 8, "2^31")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", 8, "dtype Q4")]
    [InlineData("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8, "dtype I64")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "dtype is missing")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'a'")]
    [InlineData("""{"a":7}""", 0, "JSON object")]
    [InlineData("""{"__metadata__":{"format":1}}""", 0, "__metadata__")]
    [InlineData("""[1]""", 0, "JSON object")]
    [InlineData("""{"a":""", 0, "not valid JSON")]
    [InlineData("", 0, "JSON object")]
    public void Open_BrokenHeader_NamesTheFault(string header, int dataBytes, string fault)
    {
        Store(header, new byte[dataBytes]);

        var thrown = Assert.Throws<ModelFormatException>(() => SafetensorsFile.Open(Path));
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
        Assert.StartsWith(Path, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_InvalidUtf8Header_IsRefused()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""");
        header[2] = 0xFF;
        File.WriteAllBytes(Path, [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. header]);

        Assert.Contains("UTF-8", Assert.Throws<ModelFormatException>(() => SafetensorsFile.Open(Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000_001UL, "refused")]
    [InlineData(ulong.MaxValue, "refused")]
    [InlineData(93UL, "truncated")]
    public void Open_AbsurdHeaderLength_IsRefusedBeforeAllocating(ulong length, string fault)
    {
        var bytes = new byte[100];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(Path, bytes);

        Assert.Contains(fault, Assert.Throws<ModelFormatException>(() => SafetensorsFile.Open(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CutAnywhere_IsRefused()
    {
        SafetensorsWriter.Write(Path, [new("b.weight", [1], new[] { -2f }), new("a", [2, 1], new[] { 1f, 0.5f })]);
        byte[] whole = File.ReadAllBytes(Path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Throws<ModelFormatException>(() => SafetensorsFile.Open(Path));
        }
    }

    [Fact]
    public void Open_AnyByteOfTheHeaderChanged_NeverReadsOutsideTheFile()
    {
        SafetensorsWriter.Write(Path, [new("b.weight", [1], new[] { -2f }), new("a", [2, 1], new[] { 1f, 0.5f })]);
        byte[] whole = File.ReadAllBytes(Path);
        var random = new Random(5);
        for (int at = 0; at < whole.Length - 12; at++)
        {
            byte[] changed = [.. whole];
            changed[at] = (byte)random.Next(256);
            File.WriteAllBytes(Path, changed);
            try
            {
                using SafetensorsFile file = SafetensorsFile.Open(Path);
                Assert.All(file.Tensors.Keys, name => Values(file, name));
            }
            catch (ModelFormatException)
            {
            }
        }
    }

    [Fact]
    public void Read_WrongDestination_IsABug()
    {
        SafetensorsWriter.Write(Path, [new("a", [2], new[] { 1f, 0.5f })]);
        SafetensorsFile file = SafetensorsFile.Open(Path);

        Assert.Throws<ArgumentException>(() => file.Read("a", new float[3]));
        Assert.Throws<ModelFormatException>(() => file.Read("c", new float[3]));
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Read("a", new float[2]));
    }

    [Fact]
    public void Write_NameTwiceOrWrongCount_IsABug()
    {
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Path, [new("a", [1], new float[1]), new("a", [1], new float[1])]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Path, [new("a", [2], new float[1])]));
    }

    private static float[] Values(SafetensorsFile file, string name)
    {
        var values = new float[file.Tensors[name].ElementCount];
        file.Read(name, values);
        return values;
    }

    private void Store(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(Path, [(byte)json.Length, (byte)(json.Length >> 8), 0, 0, 0, 0, 0, 0, .. json, .. data]);
    }
}
