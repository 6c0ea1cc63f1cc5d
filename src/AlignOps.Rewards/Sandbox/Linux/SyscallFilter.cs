using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>
/// A seccomp filter. Namespaces do not part everything: sockets of the virtual machine's host (AF_VSOCK), keyrings and anonymous memory files are beside them, and much of
/// the kernel's history of faults lies in calls that no solution to a task makes.
/// </summary>
internal static class SyscallFilter
{
    private const ushort LoadWord = 0x20, JumpIfEqual = 0x15, JumpIfAtLeast = 0x35, Return = 0x06;
    private const uint Allow = 0x7FFF0000, RefuseWithEperm = 0x00050001;
    private const uint NumberAt = 0, ArchitectureAt = 4, FirstArgumentAt = 16;
    private const uint FirstX32Call = 0x40000000, LocalSockets = 1;
    private const int SetNoNewPrivileges = 38, SetSeccomp = 22, FilterMode = 2;

    /// <summary>The filter as the kernel reads it: 8 bytes an instruction (code u16, jump if true u8, jump if false u8, constant u32), little-endian.</summary>
    public static byte[] Program(SyscallNumbers numbers)
    {
        // The last four: the check of a socket's family, then refuse, then allow.
        var checks = numbers.Refused.Count + 2;
        var length = 4 + checks + 1 + 4;
        int refuse = length - 2, allow = length - 1, family = length - 4;
        var program = new byte[8 * length];
        var at = 0;
        void Add(ushort code, uint constant, int ifTrue = -1, int ifFalse = -1)
        {
            var instruction = program.AsSpan(8 * at, 8);
            BinaryPrimitives.WriteUInt16LittleEndian(instruction, code);
            instruction[2] = (byte)(ifTrue < 0 ? 0 : ifTrue - at - 1);
            instruction[3] = (byte)(ifFalse < 0 ? 0 : ifFalse - at - 1);
            BinaryPrimitives.WriteUInt32LittleEndian(instruction[4..], constant);
            at++;
        }

        Add(LoadWord, ArchitectureAt);
        Add(JumpIfEqual, numbers.AuditArchitecture, ifFalse: refuse);
        Add(LoadWord, NumberAt);
        Add(JumpIfAtLeast, FirstX32Call, ifTrue: refuse);
        foreach (var number in numbers.Refused)
        {
            Add(JumpIfEqual, number, ifTrue: refuse);
        }

        Add(JumpIfEqual, numbers.Socket, ifTrue: family);
        Add(JumpIfEqual, numbers.SocketPair, ifTrue: family);
        Add(Return, Allow);
        Add(LoadWord, FirstArgumentAt);
        Add(JumpIfEqual, LocalSockets, ifTrue: allow);
        Add(Return, RefuseWithEperm);
        Add(Return, Allow);
        return program;
    }

    /// <summary>Puts the calling thread, and every process that it starts, under the filter. There is no way back: use a thread that ends.</summary>
    /// <returns>False where the kernel has no such filters.</returns>
    public static bool Install(SyscallNumbers numbers)
    {
        var program = Program(numbers);
        var instructions = Marshal.AllocHGlobal(program.Length);
        var header = Marshal.AllocHGlobal(2 * nint.Size);
        try
        {
            Marshal.Copy(program, 0, instructions, program.Length);
            Marshal.WriteIntPtr(header, 0);
            Marshal.WriteInt16(header, (short)(program.Length / 8));
            Marshal.WriteIntPtr(header, nint.Size, instructions);
            return Control(SetNoNewPrivileges, 1, 0, 0, 0) == 0 && Control(SetSeccomp, FilterMode, header, 0, 0) == 0;
        }
        finally
        {
            Marshal.FreeHGlobal(instructions);
            Marshal.FreeHGlobal(header);
        }
    }

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static extern int Control(int option, nint first, nint second, nint third, nint fourth);
}
