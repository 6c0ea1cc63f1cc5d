using AlignOps.Serving.Chat.Requests;
using AlignOps.Serving.Chat.Wire;
using AlignOps.Serving.Policies;

namespace AlignOps.Serving.Chat.Sessions;

/// <summary>What is settled about a request before its first token.</summary>
internal sealed record ChatContext(ChatRequest Request, ChatCaller Caller, ChatHeader Header, ChampionRow Champion, int PromptTokens);
