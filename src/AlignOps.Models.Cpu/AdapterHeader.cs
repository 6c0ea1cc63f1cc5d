using AlignOps.Models.Adapters;

namespace AlignOps.Models.Cpu;

/// <summary>What an adapter's directory says beside its tensors.</summary>
internal sealed record AdapterHeader(LoraConfig Lora, string BaseModelName);
