"""The turn graph under LangGraph's own development server."""
