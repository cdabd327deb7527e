"""Any LangChain chat model behind the chat-model port."""
