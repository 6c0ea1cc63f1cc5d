using System.Runtime.InteropServices;

namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>The system calls that a program in a sandbox is refused, by the kernel's tables of each processor.</summary>
/// <param name="AuditArchitecture">AUDIT_ARCH_… of linux/audit.h.</param>
/// <param name="Refused">With EPERM, whatever the arguments.</param>
/// <param name="Socket">Refused but for local sockets.</param>
internal sealed record SyscallNumbers(uint AuditArchitecture, IReadOnlyList<uint> Refused, uint Socket, uint SocketPair)
{
    /// <summary>Null for processors that the filter does not know.</summary>
    public static SyscallNumbers? Here => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => X64,
        Architecture.Arm64 => Arm64,
        _ => null,
    };

    // In this order: ptrace, process_vm_readv and writev, syslog, keyctl, add_key, request_key, bpf, perf_event_open, userfaultfd, io_uring_setup, enter and register,
    // kexec_load and file_load, init_module, finit_module, delete_module, name_to_handle_at, open_by_handle_at, quotactl, acct, swapon, swapoff, reboot, setns, pidfd_getfd;
    // and what takes memory that no process shows as its own: memfd_create, memfd_secret, shmget.
    private static SyscallNumbers X64 { get; } = new(
        0xC000003E,
        [101, 310, 311, 103, 250, 248, 249, 321, 298, 323, 425, 426, 427, 246, 320, 175, 313, 176, 303, 304, 179, 163, 167, 168, 169, 308, 438, 319, 447, 29],
        41, 53);

    private static SyscallNumbers Arm64 { get; } = new(
        0xC00000B7,
        [117, 270, 271, 116, 219, 217, 218, 280, 241, 282, 425, 426, 427, 104, 294, 105, 273, 106, 264, 265, 60, 89, 224, 225, 142, 268, 438, 279, 447, 194],
        198, 199);
}
