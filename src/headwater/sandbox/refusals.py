"""What sandboxed code may not ask of the kernel.

The walls are the namespaces or Landlock; these rules close the doors that those leave open.
"""

from __future__ import annotations

import errno
import os
import socket

from headwater.sandbox.seccomp import Check, Rule

_NEW_NAMESPACES = 0x7E020000  # CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID, NET
_NEW_TIME = 0x80  # CLONE_NEWTIME; in clone(2) this bit belongs to the exit signal

EVERYWHERE = (
    Rule(calls=("clone",), check=Check(argument=0, mask=_NEW_NAMESPACES)),
    Rule(calls=("unshare",), check=Check(argument=0, mask=_NEW_NAMESPACES | _NEW_TIME)),
    # Its flags lie in memory, where a filter cannot look; the C library falls back to clone.
    Rule(calls=("clone3",), error=errno.ENOSYS),
    Rule(calls=("setns", "mount", "umount2", "pivot_root", "move_mount", "mount_setattr")),
    Rule(calls=("open_tree", "open_tree_attr", "fsopen", "fsmount", "fsconfig", "fspick")),
    Rule(calls=("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise")),
    Rule(calls=("kcmp", "pidfd_getfd", "bpf", "perf_event_open", "userfaultfd", "syslog")),
    Rule(calls=("add_key", "request_key", "keyctl", "open_by_handle_at")),
    # It does what other calls are refused, out of the filter's sight.
    Rule(calls=("io_uring_setup", "io_uring_enter", "io_uring_register"), error=errno.ENOSYS),
    # Memory that belongs to no process, so that no limit would count it.
    Rule(calls=("memfd_create", "memfd_secret"), error=errno.ENOSYS),
    Rule(calls=("shmget", "msgget", "semget", "mq_open"), error=errno.ENOSYS),
)

OWN_NETWORK = (
    # Other families (vsock, Bluetooth, the kernel's crypto) know nothing of network namespaces.
    Rule(
        calls=("socket",),
        error=errno.EAFNOSUPPORT,
        check=Check(
            argument=0,
            allowed=(socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK),
        ),
    ),
)
NO_SOCKETS = (Rule(calls=("socket",)),)  # socketpair(2) stays: it reaches nobody

# Where other processes of the same user are within reach: nothing may be changed about them.
OWN_PROCESS_ONLY = (
    Rule(
        calls=(
            "prlimit64",
            "sched_setaffinity",
            "sched_setattr",
            "sched_setparam",
            "sched_setscheduler",
        ),
        check=Check(argument=0),
    ),
    Rule(calls=("setpriority", "ioprio_set"), check=Check(argument=1)),
)

# Landlock does not govern who may do what with a file. For a command that owns files outside its
# folder these calls seem to succeed and do nothing, so that copying a file with its mode works.
KEEP_MODES = (
    Rule(
        calls=("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "fchownat", "lchown"),
        error=0,
    ),
    Rule(
        calls=(
            "setxattr",
            "lsetxattr",
            "fsetxattr",
            "setxattrat",
            "removexattr",
            "lremovexattr",
            "fremovexattr",
            "removexattrat",
            "file_setattr",
        ),
    ),
)

# Before its third version Landlock let anyone cut off a file that the user may write.
_OPENS = (0, os.O_WRONLY, os.O_RDWR, os.O_WRONLY | os.O_TRUNC, os.O_RDWR | os.O_TRUNC)
_OPEN_MASK = os.O_ACCMODE | os.O_TRUNC
NO_TRUNCATION = (
    Rule(calls=("truncate",)),
    Rule(calls=("openat2",), error=errno.ENOSYS),
    Rule(calls=("open",), check=Check(argument=1, mask=_OPEN_MASK, allowed=_OPENS)),
    Rule(calls=("openat",), check=Check(argument=2, mask=_OPEN_MASK, allowed=_OPENS)),
)

# Before its sixth version Landlock let a process signal every other of its user.
NO_SIGNALS = (
    Rule(
        calls=(
            "kill",
            "tkill",
            "tgkill",
            "rt_sigqueueinfo",
            "rt_tgsigqueueinfo",
            "pidfd_send_signal",
        )
    ),
)
