using System.Buffers.Binary;
using AlignOps.Rewards.Sandbox.Linux;

namespace AlignOps.Tests.Rewards.Sandbox;

/// <summary>The filter, run by a small machine for its instructions as linux/filter.h describes them.</summary>
public sealed class SyscallFilterTests
{
    private const uint Arm64 = 0xC00000B7, X64 = 0xC000003E, I386 = 0x40000003;

    [Theory]
    [InlineData(X64, 0, 0, true)]
    [InlineData(X64, 59, 0, true)]
    [InlineData(X64, 41, 1, true)]
    [InlineData(X64, 41, 2, false)]
    [InlineData(X64, 41, 10, false)]
    [InlineData(X64, 41, 40, false)]
    [InlineData(X64, 53, 1, true)]
    [InlineData(X64, 53, 16, false)]
    [InlineData(X64, 101, 0, false)]
    [InlineData(X64, 29, 0, false)]
    [InlineData(X64, 425, 0, false)]
    [InlineData(X64, 0x40000029, 1, false)]
    [InlineData(I386, 102, 0, false)]
    [InlineData(Arm64, 63, 0, false)]
    public void Filter_OfX64_AllowsWhatProgramsNeed(uint architecture, uint call, uint argument, bool allowed)
    {
        Assert.Equal(allowed, Run(new SyscallNumbers(X64, [101, 29, 425], 41, 53), architecture, call, argument));
    }

    [Fact]
    public void Filter_OfThisProcessor_RefusesEveryCallOnItsList()
    {
        if (SyscallNumbers.Here is not { } numbers) return;

        Assert.All(numbers.Refused, call => Assert.False(Run(numbers, numbers.AuditArchitecture, call, 1)));
        Assert.Equal(numbers.Refused.Count, numbers.Refused.Distinct().Count());
    }

    private static bool Run(SyscallNumbers numbers, uint architecture, uint call, uint argument)
    {
        var program = SyscallFilter.Program(numbers);
        uint loaded = 0;
        for (var at = 0; ; at++)
        {
            var instruction = program.AsSpan(8 * at, 8);
            var constant = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20: loaded = constant switch { 0 => call, 4 => architecture, 16 => argument, _ => throw new InvalidDataException($"loads {constant}") }; break;
                case 0x15: at += loaded == constant ? instruction[2] : instruction[3]; break;
                case 0x35: at += loaded >= constant ? instruction[2] : instruction[3]; break;
                case 0x06: return constant == 0x7FFF0000;
                default: throw new InvalidDataException("unknown instruction");
            }
        }
    }
}
