namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>
/// What the first process of a sandbox does, already in namespaces of its own: it builds a file tree of what programs need and nothing else, moves into it, lets go of
/// the machine's, and starts the program with no rights. Its settings are environment variables, the program its arguments; the program sees neither.
/// It tells what it did in the folder's file <c>status</c>, which the program cannot reach.
/// </summary>
internal static class SetupScript
{
    public const string Text = """
        set -eu
        exec 3>"$JOB/status" 4<"$JOB/stdin" 5>&2 2>&3
        for name in cgroup ipc mnt net pid user uts; do echo "namespace $name $(readlink /proc/self/ns/$name)" >&3; done

        root=$JOB/root
        mount -t tmpfs -o mode=0755,size=256k,nr_inodes=512,nosuid,nodev,noexec sandbox "$root"
        mkdir "$root/dev" "$root/etc" "$root/job" "$root/old" "$root/proc" "$root/work"

        # Read-only, with whatever is mounted below it.
        show() {
            mkdir -p "$root$1"
            mount --bind "$1" "$root$1" 2>/dev/null || mount --rbind "$1" "$root$1"
            while read -r _ _ _ _ place _; do
                case $place in "$root$1" | "$root$1"/*) mount -o remount,bind,ro,nosuid,nodev "$place" ;; esac
            done </proc/self/mountinfo
        }
        for folder in bin sbin lib lib32 lib64; do
            if [ -L "/$folder" ]; then cp -P "/$folder" "$root/$folder"; elif [ -d "/$folder" ]; then show "/$folder"; fi
        done
        old_separator=$IFS
        IFS=:
        for folder in $SHOWN; do if [ -d "$folder" ]; then show "$folder"; fi; done
        IFS=$old_separator
        if [ -f /etc/ld.so.cache ]; then
            : >"$root/etc/ld.so.cache"
            mount --bind /etc/ld.so.cache "$root/etc/ld.so.cache"
            mount -o remount,bind,ro,nosuid,nodev,noexec "$root/etc/ld.so.cache"
        fi
        for device in full null random urandom zero; do
            : >"$root/dev/$device"
            mount --bind "/dev/$device" "$root/dev/$device"
        done
        mount --bind "$JOB/program" "$root/job"
        mount -o remount,bind,ro,nosuid,nodev,noexec "$root/job"
        mount -t tmpfs -o "mode=0700,size=$DISK,nr_inodes=4096,nosuid,nodev,noexec" sandbox "$root/work"
        ln -s work "$root/tmp"
        mount --rbind /proc "$root/proc"
        if { echo 0 >/proc/sys/user/max_user_namespaces; } 2>/dev/null; then echo "guard no-further-namespaces" >&3; fi

        cd "$root"
        pivot_root . old
        cd /
        umount -l /old
        rmdir /old
        mount -o remount,bind,ro,nosuid,nodev,noexec /
        umount -l /proc
        [ ! -e /proc/self ] && [ ! -e /old ] && [ ! -e /etc/passwd ]
        echo "guard file-tree" >&3
        cd /work
        echo ready >&3

        code=0
        env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/work TMPDIR=/work LANG=C.UTF-8 TZ=UTC \
            timeout --signal=KILL "$BACKSTOP" \
            prlimit --core=0 --cpu="$CPU" --as="$ADDRESS" --fsize="$FILE" --nproc="$TASKS" --nofile=256 --memlock=65536 --msgqueue=0 \
            setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all --securebits=+noroot,+noroot_locked \
            "$@" <&4 3>&- 4<&- 2>&5 5>&- || code=$?
        echo "exit $code" >&3
        if [ "$(stat -f -c %a /work)" -eq 0 ] || [ "$(stat -f -c %d /work)" -eq 0 ]; then echo full >&3; fi
        """;
}
